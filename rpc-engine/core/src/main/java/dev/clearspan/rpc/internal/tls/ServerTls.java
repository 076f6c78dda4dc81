package dev.clearspan.rpc.internal.tls;

import dev.clearspan.rpc.Tls;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import java.io.IOException;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.InstantSource;

/** Contexts of servers. */
public final class ServerTls {
  // In order of preference.
  private static final String[] PROTOCOLS = {Alpn.FRAMES, Alpn.HTTP_2, Alpn.HTTP_1_1};

  private ServerTls() {}

  /**
   * Reads the files and watches them.
   *
   * @throws IllegalArgumentException if they cannot be used, or name no certificate, or no
   *     authority for clients' certificates
   */
  public static TlsContexts<SslContext> open(Tls settings) {
    if (settings.own() == null) {
      throw new IllegalArgumentException(
          "TLS of a server: no certificate (expected: Tls.of(certificates, key))");
    }
    if (settings.clients() != Tls.Clients.NONE && settings.trusted() == null) {
      throw new IllegalArgumentException(
          "TLS with client certificates: no authorities (expected: trusting(file))");
    }
    return new TlsContexts<>(
        settings, material -> context(settings, material), InstantSource.system());
  }

  private static SslContext context(Tls settings, TlsMaterial material) throws IOException {
    PrivateKey key = material.key();
    if (key == null) {
      throw new IllegalArgumentException("TLS of a server: no key (expected: one)");
    }
    SslContextBuilder builder =
        SslContextBuilder.forServer(key, material.chain().toArray(new X509Certificate[0]));
    if (!material.trusted().isEmpty()) {
      builder.trustManager(material.trusted().toArray(new X509Certificate[0]));
    }
    return builder
        .clientAuth(
            switch (settings.clients()) {
              case NONE -> ClientAuth.NONE;
              case OPTIONAL -> ClientAuth.OPTIONAL;
              case REQUIRED -> ClientAuth.REQUIRE;
            })
        .protocols(Alpn.versions(settings.oldest()))
        .applicationProtocolConfig(Alpn.offer(PROTOCOLS))
        .build();
  }
}
