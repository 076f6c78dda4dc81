package dev.clearspan.rpc.internal.netty;

import dev.clearspan.rpc.Compression;
import dev.clearspan.rpc.ProcessIdentity;
import dev.clearspan.rpc.internal.frame.Hello;
import dev.clearspan.rpc.internal.tls.TlsContexts;
import dev.clearspan.rpc.ledger.Gauges;
import dev.clearspan.rpc.server.ServerScope;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.ssl.SslContext;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A server's port. It is bound first, so that its number is known, and accepts connections once it
 * is told what to serve. Thread-safe after {@link #accept}.
 */
public final class ServerSocketListener {
  private @Nullable Serving serving; // set before the first connection is accepted
  private final Channel channel;

  private record Serving(
      ServerScope scope,
      Hello hello,
      ServerConnections connections,
      Consumer<ChannelPipeline> http1,
      Consumer<ChannelPipeline> http2,
      @Nullable Encryption encryption) {}

  /** Contexts for encrypted connections, and whether others are taken too. */
  public record Encryption(TlsContexts<SslContext> contexts, boolean plaintextToo) {}

  private ServerSocketListener(String host, int port) {
    this.channel = Ports.bind(host, port, new Connections());
  }

  /**
   * Binds the port without accepting connections yet.
   *
   * @param port 0 picks a free one
   * @throws IllegalStateException if the port cannot be bound
   */
  public static ServerSocketListener bind(String host, int port) {
    return new ServerSocketListener(host, port);
  }

  public int port() {
    return ((InetSocketAddress) channel.localAddress()).getPort();
  }

  /**
   * Accepts connections from now on.
   *
   * @param http1 sets up those that speak HTTP/1.1
   * @param http2 sets up those that speak HTTP/2
   * @param encryption null: without TLS
   * @param compression which replies are compressed for clients that accept it
   */
  public void accept(
      ServerScope scope,
      ProcessIdentity identity,
      Consumer<ChannelPipeline> http1,
      Consumer<ChannelPipeline> http2,
      @Nullable Encryption encryption,
      Compression compression) {
    serving =
        new Serving(
            scope,
            Hello.of(identity, scope.limits()),
            new ServerConnections(scope.limits(), compression),
            http1,
            http2,
            encryption);
    channel.config().setAutoRead(true);
  }

  public boolean isDraining() {
    return require().connections.isDraining();
  }

  /** Open connections, and how many were closed for which reason. */
  public List<Gauges.Sample> gauges() {
    ServerConnections connections = require().connections;
    Encryption encryption = require().encryption;
    List<Gauges.Sample> samples = new ArrayList<>(connections.counters().samples());
    if (encryption != null) {
      samples.addAll(encryption.contexts().samples());
    }
    samples.addAll(EventLoops.shared().gauges());
    samples.add(
        new Gauges.Sample("clearspan.server.connection.open", connections.open(), Map.of(), false));
    return samples;
  }

  /** The connection has sent a complete request: it is no idle stranger. */
  public void established(Channel connection) {
    require().connections.established(connection);
  }

  /** The connection is to be told when the server goes, until it is removed. */
  public void add(ServedConnection connection) {
    require().connections.add(connection);
  }

  /** The connection is gone. */
  public void remove(ServedConnection connection) {
    require().connections.remove(connection);
  }

  /** Tells all clients to go elsewhere; completes when later calls are refused. */
  public CompletableFuture<Void> drain() {
    return require().connections.drain();
  }

  /**
   * Stops listening; completes when all clients, which were told to go, have closed their
   * connections.
   */
  public CompletableFuture<Void> leftByPeers() {
    channel.close().syncUninterruptibly();
    return require().connections.closedByPeers();
  }

  /** Stops listening and closes all connections. */
  public void close() {
    channel.close().syncUninterruptibly();
    if (serving != null) {
      serving.connections.closeAll();
      if (serving.encryption != null) {
        serving.encryption.contexts().close();
      }
    }
  }

  private Serving require() {
    if (serving == null) {
      throw new IllegalStateException("not accepting connections yet");
    }
    return serving;
  }

  private static TlsDoor door(Serving serving) {
    Encryption encryption = serving.encryption;
    return new TlsDoor(
        encryption == null ? null : encryption.contexts(),
        encryption == null || encryption.plaintextToo(),
        serving.connections.counters());
  }

  private final class Connections extends ChannelInitializer<Channel> {
    @Override
    protected void initChannel(Channel connection) {
      Serving now = require();
      if (now.connections.accept(connection)) {
        connection
            .pipeline()
            .addLast(
                door(now),
                new ProtocolSniffer(
                    () -> new ServerLink(now.scope, now.hello, now.connections),
                    now.http1,
                    now.http2));
      }
    }
  }
}
