package dev.clearspan.rpc.internal.tls;

import dev.clearspan.rpc.Tls;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import java.io.IOException;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.InstantSource;

/** A client's side of TLS for the connections of one protocol. Thread-safe. */
public final class ClientTls implements AutoCloseable {
  private final Tls settings;
  private final TlsContexts<SslContext> contexts;

  private ClientTls(Tls settings, TlsContexts<SslContext> contexts) {
    this.settings = settings;
    this.contexts = contexts;
  }

  /**
   * Reads the files and watches them; connections ask for this protocol.
   *
   * @throws IllegalArgumentException if the files cannot be used
   */
  public static ClientTls open(Tls settings, String protocol) {
    TlsContexts<SslContext> contexts =
        new TlsContexts<>(
            settings, material -> context(settings, material, protocol), InstantSource.system());
    return new ClientTls(settings, contexts);
  }

  /**
   * Sets up a connection to this host: TLS, then the given handler. A handshake that fails reaches
   * the handler as an exception whose message says so.
   */
  public ChannelHandler around(String host, int port, ChannelHandler link) {
    String authority = settings.authority() == null ? host : settings.authority();
    return new ChannelInitializer<Channel>() {
      @Override
      protected void initChannel(Channel channel) {
        // The link's own handshake limit ends both, TLS and HELLO.
        SslHandler tls = contexts.current().newHandler(channel.alloc(), authority, port);
        tls.setHandshakeTimeoutMillis(0);
        channel.pipeline().addLast(tls, new HandshakeFault(authority), link);
      }
    };
  }

  @Override
  public void close() {
    contexts.close();
  }

  private static SslContext context(Tls settings, TlsMaterial material, String protocol)
      throws IOException {
    SslContextBuilder builder =
        SslContextBuilder.forClient()
            .protocols(Alpn.versions(settings.oldest()))
            .endpointIdentificationAlgorithm("HTTPS")
            .applicationProtocolConfig(Alpn.offer(protocol));
    PrivateKey key = material.key();
    if (key != null) {
      builder.keyManager(key, material.chain().toArray(new X509Certificate[0]));
    }
    if (!material.trusted().isEmpty()) {
      builder.trustManager(material.trusted().toArray(new X509Certificate[0]));
    }
    return builder.build();
  }
}
