package dev.clearspan.console.web;

import dev.clearspan.rpc.Tls;
import dev.clearspan.rpc.TlsWatch;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.DetectorConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/**
 * A port that speaks TLS 1.2 and 1.3 with the certificate that is in the files now: when they
 * change, new connections get the new one, and open ones go on. Who speaks plain HTTP to it is told
 * so and reaches nothing. Thread-safe.
 */
public final class TlsPort implements AutoCloseable {
  static final Duration WARN_BEFORE = Duration.ofDays(14);

  private static final String PASSWORD = "in memory only";
  private static final byte[] HINT =
      ("HTTP/1.1 400 Bad Request\r\nContent-Type: text/plain\r\nConnection: close\r\n\r\n"
              + "This port speaks TLS (expected: https:// instead of http://).\n")
          .getBytes(StandardCharsets.US_ASCII);

  private final String name;
  private final SslContextFactory.Server context = new SslContextFactory.Server();
  private final TlsWatch files;

  private TlsPort(String name, Tls settings) {
    this.name = name;
    context.setIncludeProtocols(
        settings.oldest() == Tls.Version.TLS_1_3
            ? new String[] {"TLSv1.3"}
            : new String[] {"TLSv1.3", "TLSv1.2"});
    context.setRenegotiationAllowed(false);
    context.setNeedClientAuth(settings.clients() == Tls.Clients.REQUIRED);
    context.setKeyStorePassword(PASSWORD);
    this.files = TlsWatch.open(settings, this::use);
  }

  /**
   * Reads the files and watches them.
   *
   * @param name of the port, for people
   * @throws IllegalArgumentException if the files cannot be used; the message names them
   */
  public static TlsPort open(String name, Tls settings) {
    return new TlsPort(name, settings);
  }

  /** What is known of the certificate, for the pages. */
  public CertificateState state(Clock clock) {
    X509Certificate own = files.current().chain().get(0);
    Instant end = own.getNotAfter().toInstant();
    return new CertificateState(
        name,
        own.getSubjectX500Principal().getName(),
        end,
        end.isBefore(clock.instant().plus(WARN_BEFORE)),
        files.fault());
  }

  private void use(TlsWatch.Material material) throws IOException, GeneralSecurityException {
    KeyStore own = own(material);
    KeyStore trusted = trusted(material.trusted());
    try {
      context.reload(
          changed -> {
            changed.setKeyStore(own);
            changed.setTrustStore(trusted);
          });
    } catch (IOException | GeneralSecurityException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new GeneralSecurityException(e);
    }
  }

  private static KeyStore own(TlsWatch.Material material)
      throws IOException, GeneralSecurityException {
    PrivateKey key = material.key();
    if (key == null) {
      throw new GeneralSecurityException("no key (expected: one)");
    }
    KeyStore store = empty();
    store.setKeyEntry(
        "own", key, PASSWORD.toCharArray(), material.chain().toArray(new Certificate[0]));
    return store;
  }

  private static KeyStore trusted(List<X509Certificate> authorities)
      throws IOException, GeneralSecurityException {
    KeyStore store = empty();
    for (int i = 0; i < authorities.size(); i++) {
      store.setCertificateEntry("authority" + i, authorities.get(i));
    }
    return store;
  }

  private static KeyStore empty() throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    return store;
  }

  /** Makes the port. */
  public Connector connector(Server server, HttpConfiguration plain, String host, int port) {
    ServerConnector connector = connector(server, new HttpConnectionFactory(secured(plain)));
    connector.setHost(host);
    connector.setPort(port);
    return connector;
  }

  /** Makes a port that speaks this HTTP, whose configuration is {@link #secured}. */
  public ServerConnector connector(Server server, HttpConnectionFactory inner) {
    SslConnectionFactory tls = new SslConnectionFactory(context, inner.getProtocol());
    return new ServerConnector(server, new Door(tls), tls, inner);
  }

  /** The configuration of HTTP that comes by TLS. */
  public static HttpConfiguration secured(HttpConfiguration plain) {
    HttpConfiguration http = new HttpConfiguration(plain);
    // Which names are ours is Origins' to say; an address as host would be refused here.
    http.addCustomizer(new SecureRequestCustomizer(/* sniHostCheck= */ false));
    return http;
  }

  /** Lets TLS in, and tells everybody else. */
  private static final class Door extends DetectorConnectionFactory {
    Door(SslConnectionFactory tls) {
      super(tls);
    }

    @Override
    protected void nextProtocol(Connector connector, EndPoint endPoint, ByteBuffer heard) {
      endPoint.write(
          Callback.from(endPoint::close, failure -> endPoint.close(failure)),
          speaksHttp(heard) ? ByteBuffer.wrap(HINT) : ByteBuffer.allocate(0));
    }

    private static boolean speaksHttp(ByteBuffer heard) {
      byte[] start = new byte[Math.min(heard.remaining(), 8)];
      heard.duplicate().get(start);
      String word = new String(start, StandardCharsets.US_ASCII);
      return word.matches("[A-Z]{3,8}( .*)?");
    }
  }

  @Override
  public void close() {
    files.close();
  }
}
