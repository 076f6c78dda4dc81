package dev.clearspan.rpc.internal.netty;

import dev.clearspan.rpc.Compression;
import dev.clearspan.rpc.Limit;
import dev.clearspan.rpc.Limits;
import dev.clearspan.rpc.ProcessIdentity;
import dev.clearspan.rpc.RpcService;
import dev.clearspan.rpc.internal.frame.Hello;
import dev.clearspan.rpc.internal.http1.HttpGateway;
import dev.clearspan.rpc.internal.http1.HttpRoutes;
import dev.clearspan.rpc.internal.http2.Http2Gateway;
import dev.clearspan.rpc.ledger.Ledgers;
import dev.clearspan.rpc.server.CallGate;
import dev.clearspan.rpc.server.CallerRules;
import dev.clearspan.rpc.server.Chunk;
import dev.clearspan.rpc.server.Dispatcher;
import dev.clearspan.rpc.server.MethodTable;
import dev.clearspan.rpc.server.ServerScope;
import dev.clearspan.rpc.server.StreamThreads;
import dev.clearspan.rpc.time.Ticker;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * A server's side of connections, without their sockets: what a client would send goes in, handlers
 * run at once on the calling thread, and what failed inside comes out as an exception.
 */
public final class ServedBytes {
  private static final int MOST_MESSAGE_BYTES = 64 * 1024;
  private static final Limits LIMITS =
      Limits.DEFAULT
          .with(Limit.MESSAGE_BYTES, MOST_MESSAGE_BYTES)
          .with(Limit.HANDSHAKE, Duration.ofMinutes(10)); // no input takes that long

  private final ServerScope scope;
  private final Hello hello;
  private final ServerConnections connections = new ServerConnections(LIMITS);
  private final HttpGateway http;
  private final Http2Gateway http2;

  public ServedBytes(RpcService service) {
    this(service, new AtOnce());
  }

  /** Handlers run where this dispatcher runs them. */
  public ServedBytes(RpcService service, Dispatcher dispatcher) {
    ProcessIdentity identity = ProcessIdentity.of("fuzzed");
    scope =
        new ServerScope(
            new MethodTable(
                List.of(service.definition()), List.of(), name -> false, new CallerRules()),
            new CallGate(LIMITS.inFlight(), Ticker.SYSTEM),
            dispatcher,
            StreamThreads.create(),
            Ledgers.of(identity),
            LIMITS,
            Ticker.SYSTEM);
    hello = Hello.of(identity, LIMITS);
    ServerSocketListener listener = ServerSocketListener.bind("127.0.0.1", 0);
    HttpRoutes routes = new HttpRoutes(scope, listener, () -> "", Set.of());
    http = new HttpGateway(scope, listener, routes);
    http2 = new Http2Gateway(scope, listener, identity, routes);
    listener.accept(scope, identity, http, http2, null, Compression.NONE);
  }

  /**
   * One connection that sends these bytes in pieces and then closes.
   *
   * @throws AssertionError if a call did not end
   */
  public void connection(byte[] bytes, int pieceBytes) {
    EmbeddedChannel channel =
        new EmbeddedChannel(
            new ProtocolSniffer(() -> new ServerLink(scope, hello, connections), http, http2));
    for (int at = 0; at < bytes.length && channel.isActive(); at += pieceBytes) {
      ByteBuf piece = Unpooled.copiedBuffer(bytes, at, Math.min(pieceBytes, bytes.length - at));
      channel.writeInbound(piece);
      channel.runPendingTasks();
    }
    channel.finishAndReleaseAll();
    channel.checkException();
    if (scope.gate().inFlight() != 0) {
      throw new AssertionError("calls in flight: " + scope.gate().inFlight() + " (expected: 0)");
    }
  }

  /** Runs everything on the calling thread. */
  static class AtOnce implements Dispatcher {
    @Override
    public boolean dispatch(Chunk chunk) {
      chunk.run();
      return true;
    }

    @Override
    public void execute(Runnable task) {
      task.run();
    }

    @Override
    public int queued() {
      return 0;
    }

    @Override
    public String description() {
      return "Handlers run on the calling thread.";
    }

    @Override
    public void close() {}
  }
}
