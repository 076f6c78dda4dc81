package dev.clearspan.rpc.internal.tls;

import dev.clearspan.rpc.Tls;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.function.UnaryOperator;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** An authority of its own, with certificates and their files, for one test. */
public final class TestAuthority {
  private final Path folder;
  private final X509Bundle root;

  /** An authority whose files go into this folder. */
  public TestAuthority(Path folder) throws Exception {
    this.folder = folder;
    this.root =
        new CertificateBuilder()
            .subject("CN=authority of " + folder.getFileName())
            .setIsCertificateAuthority(true)
            .buildSelfSigned();
    Files.createDirectories(folder);
    Files.writeString(authorities(), root.getCertificatePEM());
  }

  /** The file with the authority's certificate. */
  public Path authorities() {
    return folder.resolve("ca.crt");
  }

  /** A server at 127.0.0.1. */
  public X509Bundle server() throws Exception {
    return issue(to -> to.subject("CN=server").addSanIpAddress("127.0.0.1"));
  }

  /** A caller with this SPIFFE id. */
  public X509Bundle caller(String spiffeId) throws Exception {
    return issue(to -> named(to.subject("CN=caller"), spiffeId));
  }

  /** A certificate for whatever is asked. */
  public X509Bundle issue(UnaryOperator<CertificateBuilder> wishes) throws Exception {
    return wishes
        .apply(new CertificateBuilder().notAfter(Instant.now().plus(Duration.ofDays(30))))
        .buildIssuedBy(root);
  }

  /** Writes certificate and key to files of this name, over those that are there. */
  public Tls.KeyFiles write(String name, X509Bundle certificate) throws Exception {
    Path chain = folder.resolve(name + ".crt");
    Path key = folder.resolve(name + ".key");
    Files.writeString(chain, certificate.getCertificatePathPEM());
    Files.writeString(key, certificate.getPrivateKeyPEM());
    return new Tls.KeyFiles(chain, key);
  }

  /** Settings that show this certificate and believe this authority. */
  public Tls settings(String name, X509Bundle certificate) throws Exception {
    return Tls.DEFAULT.with(write(name, certificate)).trusting(authorities());
  }

  /** What the JDK's HTTP client needs; {@code caller} is its certificate, if it is to show one. */
  public SSLContext forHttpClient(X509Bundle... caller) throws Exception {
    KeyManager[] keys = new KeyManager[0];
    if (caller.length > 0) {
      KeyManagerFactory factory = caller[0].toKeyManagerFactory();
      keys = factory.getKeyManagers();
    }
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys, root.toTrustManagerFactory().getTrustManagers(), null);
    return context;
  }

  private static CertificateBuilder named(CertificateBuilder builder, String uri) {
    return builder.addSanUriName(java.net.URI.create(uri));
  }
}
