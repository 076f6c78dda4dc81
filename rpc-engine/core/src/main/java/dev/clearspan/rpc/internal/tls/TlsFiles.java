package dev.clearspan.rpc.internal.tls;

import dev.clearspan.rpc.Tls;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** The bytes of the files that TLS settings name, at one moment; null where none is named. */
record TlsFiles(byte @Nullable [] certificates, byte @Nullable [] key, byte @Nullable [] trusted) {
  private static final int MOST_BYTES = 1 << 20;

  /** Reads all files. Blocks. */
  static TlsFiles read(Tls settings) throws IOException {
    Tls.KeyFiles own = settings.own();
    return new TlsFiles(
        bytes(own == null ? null : own.certificates()),
        bytes(own == null ? null : own.key()),
        bytes(settings.trusted()));
  }

  /** Tells one content from another. */
  String digest() {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (byte[] each : new byte[][] {certificates, key, trusted}) {
        digest.update(each == null ? new byte[0] : each);
        digest.update((byte) 0);
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private static byte @Nullable [] bytes(@Nullable Path file) throws IOException {
    if (file == null) {
      return null;
    }
    try (InputStream in = Files.newInputStream(file)) {
      byte[] read = in.readNBytes(MOST_BYTES + 1);
      if (read.length > MOST_BYTES) {
        throw new IOException(file + ": more than " + MOST_BYTES + " bytes (expected: a PEM file)");
      }
      return read;
    }
  }
}
