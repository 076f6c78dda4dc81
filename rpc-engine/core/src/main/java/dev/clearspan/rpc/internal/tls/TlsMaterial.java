package dev.clearspan.rpc.internal.tls;

import java.security.GeneralSecurityException;
import java.security.KeyException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What TLS needs, read and checked.
 *
 * @param chain the own certificate first; empty without one
 * @param key the own certificate's; null without one
 * @param trusted authorities; empty: the JDK's
 */
public record TlsMaterial(
    List<X509Certificate> chain, @Nullable PrivateKey key, List<X509Certificate> trusted) {

  /**
   * Parses the files.
   *
   * @throws GeneralSecurityException if one is malformed, or the key is not the certificate's:
   *     files that are replaced one after the other do not belong together for a moment
   */
  static TlsMaterial of(TlsFiles files) throws GeneralSecurityException {
    byte[] certificates = files.certificates();
    byte[] keyFile = files.key();
    byte[] authorities = files.trusted();
    List<X509Certificate> chain = certificates == null ? List.of() : Pem.certificates(certificates);
    PrivateKey key = keyFile == null ? null : Pem.key(keyFile);
    if (key != null) {
      checkPair(chain.get(0).getPublicKey(), key);
    }
    return new TlsMaterial(
        chain, key, authorities == null ? List.of() : Pem.certificates(authorities));
  }

  /** The own certificate, or null. */
  @Nullable X509Certificate own() {
    return chain.isEmpty() ? null : chain.get(0);
  }

  private static void checkPair(PublicKey published, PrivateKey key)
      throws GeneralSecurityException {
    String algorithm = signatureOf(key.getAlgorithm());
    byte[] sample = {1, 2, 3};
    Signature signing = Signature.getInstance(algorithm);
    signing.initSign(key);
    signing.update(sample);
    byte[] signature = signing.sign();
    if (!key.getAlgorithm().equals(published.getAlgorithm())
        || !verifies(algorithm, published, sample, signature)) {
      throw new KeyException("the key is not the certificate's (expected: a pair)");
    }
  }

  private static boolean verifies(
      String algorithm, PublicKey published, byte[] sample, byte[] signature)
      throws GeneralSecurityException {
    Signature checking = Signature.getInstance(algorithm);
    checking.initVerify(published);
    checking.update(sample);
    return checking.verify(signature);
  }

  private static String signatureOf(String keyAlgorithm) {
    return switch (keyAlgorithm) {
      case "RSA" -> "SHA256withRSA";
      case "EC" -> "SHA256withECDSA";
      default -> "EdDSA";
    };
  }
}
