package dev.clearspan.rpc.internal.tls;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Certificates and keys in PEM (RFC 7468). */
final class Pem {
  private static final Pattern KEY =
      Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]*)-----END PRIVATE KEY-----");
  private static final Pattern OTHER_KEY =
      Pattern.compile("-----BEGIN ([A-Z0-9 ]*PRIVATE KEY)-----");
  private static final List<String> ALGORITHMS = List.of("RSA", "EC", "EdDSA");

  private Pem() {}

  /**
   * All certificates of the file, at least one.
   *
   * @throws GeneralSecurityException if there is none or one is malformed
   */
  static List<X509Certificate> certificates(byte[] file) throws GeneralSecurityException {
    CertificateFactory factory = CertificateFactory.getInstance("X.509");
    List<X509Certificate> found =
        factory.generateCertificates(new ByteArrayInputStream(file)).stream()
            .map(X509Certificate.class::cast)
            .toList();
    if (found.isEmpty()) {
      throw new CertificateException("no certificate (expected: PEM, -----BEGIN CERTIFICATE-----)");
    }
    return found;
  }

  /**
   * The private key.
   *
   * @throws GeneralSecurityException if there is none that can be read
   */
  static PrivateKey key(byte[] file) throws GeneralSecurityException {
    String text = new String(file, StandardCharsets.US_ASCII);
    Matcher key = KEY.matcher(text);
    if (!key.find()) {
      throw new InvalidKeySpecException(missing(text));
    }
    byte[] bytes = Base64.getMimeDecoder().decode(key.group(1));
    for (String algorithm : ALGORITHMS) {
      try {
        return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(bytes));
      } catch (InvalidKeySpecException e) {
        // Not this algorithm's.
      }
    }
    throw new InvalidKeySpecException("unknown or damaged key (expected: " + ALGORITHMS + ")");
  }

  private static String missing(String text) {
    Matcher other = OTHER_KEY.matcher(text);
    return other.find()
        ? "a " + other.group(1) + " (expected: PKCS #8; openssl pkcs8 -topk8 -nodes converts it)"
        : "no key (expected: PEM, -----BEGIN PRIVATE KEY-----)";
  }
}
