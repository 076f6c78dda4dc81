package dev.clearspan.rpc.internal.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.CertificateBuilder.Algorithm;
import io.netty.pkitesting.X509Bundle;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Files with certificates and keys, good and bad. */
class PemTest {
  @ParameterizedTest
  @EnumSource(
      value = Algorithm.class,
      names = {"ecp256", "ecp384", "rsa2048", "ed25519"})
  void keysOfTheUsualKindsBelongToTheirCertificates(Algorithm algorithm) throws Exception {
    X509Bundle bundle =
        new CertificateBuilder()
            .subject("CN=a")
            .algorithm(algorithm)
            .setIsCertificateAuthority(true)
            .buildSelfSigned();
    TlsFiles files =
        new TlsFiles(bytes(bundle.getCertificatePathPEM()), bytes(bundle.getPrivateKeyPEM()), null);

    TlsMaterial material = TlsMaterial.of(files);

    assertThat(material.own()).isEqualTo(bundle.getCertificate());
    assertThat(material.trusted()).isEmpty();
  }

  @Test
  void anotherFormOfKeyIsNamedWithItsRemedy() {
    assertThatThrownBy(() -> Pem.key(bytes("-----BEGIN RSA PRIVATE KEY-----\nMII=\n")))
        .hasMessage(
            "a RSA PRIVATE KEY (expected: PKCS #8; openssl pkcs8 -topk8 -nodes converts it)");
    assertThatThrownBy(() -> Pem.key(bytes("hello")))
        .hasMessage("no key (expected: PEM, -----BEGIN PRIVATE KEY-----)");
    assertThatThrownBy(
            () -> Pem.key(bytes("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----")))
        .hasMessageContaining("unknown or damaged key");
  }

  @Test
  void aFileWithoutCertificateIsNamed() {
    assertThatThrownBy(() -> Pem.certificates(bytes("")))
        .hasMessageContaining("no certificate (expected: PEM");
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
