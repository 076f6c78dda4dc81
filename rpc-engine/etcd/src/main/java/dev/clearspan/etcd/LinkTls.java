package dev.clearspan.etcd;

import dev.clearspan.rpc.Tls;
import io.etcd.jetcd.ClientBuilder;
import io.netty.handler.ssl.SslContextBuilder;
import java.nio.file.Path;
import javax.net.ssl.SSLException;

/**
 * Encrypts a link. The files are read for each link, and every disturbance ends in a new one, so
 * that certificates that were replaced are in use as soon as the old ones are refused.
 */
final class LinkTls {
  private LinkTls() {}

  /**
   * Sets a client up.
   *
   * @throws SSLException if the files cannot be used; the message names them
   */
  static void apply(Tls tls, ClientBuilder client) throws SSLException {
    try {
      client.sslContext(context -> prepare(tls, context));
    } catch (IllegalArgumentException e) {
      throw new SSLException(
          files(tls) + ": " + reason(e) + " (expected: PEM, keys in PKCS #8)", e);
    }
    if (tls.authority() != null) {
      client.authority(tls.authority());
    }
  }

  private static void prepare(Tls tls, SslContextBuilder context) {
    if (tls.oldest() == Tls.Version.TLS_1_3) {
      context.protocols("TLSv1.3");
    }
    Path trusted = tls.trusted();
    if (trusted != null) {
      context.trustManager(trusted.toFile());
    }
    Tls.KeyFiles own = tls.own();
    if (own != null) {
      context.keyManager(own.certificates().toFile(), own.key().toFile());
    }
  }

  private static String reason(IllegalArgumentException failure) {
    Throwable cause = failure.getCause();
    return cause == null ? String.valueOf(failure.getMessage()) : cause.toString();
  }

  private static String files(Tls tls) {
    StringBuilder files = new StringBuilder("TLS files of etcd");
    Tls.KeyFiles own = tls.own();
    if (own != null) {
      files.append(' ').append(own.certificates()).append(' ').append(own.key());
    }
    return tls.trusted() == null
        ? files.toString()
        : files.append(' ').append(tls.trusted()).toString();
  }
}
