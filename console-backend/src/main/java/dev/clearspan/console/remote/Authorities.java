package dev.clearspan.console.remote;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Certificates of authorities in a PEM file, which are believed instead of the JDK's. */
public final class Authorities {
  private static final int MOST_BYTES = 1 << 20;

  private Authorities() {}

  /**
   * What the file holds now.
   *
   * @throws IOException if it cannot be read or is larger than 1 MiB
   */
  public static String text(Path file) throws IOException {
    try {
      if (Files.size(file) > MOST_BYTES) {
        throw new IOException("it has more than " + MOST_BYTES + " bytes (expected: fewer)");
      }
      return Files.readString(file, StandardCharsets.UTF_8);
    } catch (NoSuchFileException e) {
      throw new IOException("there is no such file", e);
    }
  }

  /**
   * Believes these authorities and no others.
   *
   * @throws IOException if there is no certificate, or one that cannot be read
   */
  public static SSLContext trusting(String pem) throws IOException {
    try {
      KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      for (Certificate certificate :
          CertificateFactory.getInstance("X.509")
              .generateCertificates(
                  new ByteArrayInputStream(pem.getBytes(StandardCharsets.UTF_8)))) {
        store.setCertificateEntry("authority-" + store.size(), certificate);
      }
      if (store.size() == 0) {
        throw new IOException("there is no certificate in it (expected: one or more)");
      }
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(store);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  /**
   * Believes those that the setting names.
   *
   * @throws IllegalArgumentException naming the setting, its file and what is wrong with it
   */
  static SSLContext of(String setting, Path file) {
    try {
      return trusting(text(file));
    } catch (IOException e) {
      throw new IllegalArgumentException(
          setting + ": \"" + file + "\": " + e.getMessage() + " (expected: certificates in PEM)",
          e);
    }
  }
}
