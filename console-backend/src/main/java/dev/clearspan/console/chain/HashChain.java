package dev.clearspan.console.chain;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The hashes of a chain, as docs/security.md describes them: SHA-256 in lower-case hex of the lines
 * of a row, of which the first is the hash of the row before. Anybody can compute them.
 */
public final class HashChain {
  /** What stands before the first row. */
  public static final String START = "0".repeat(64);

  private HashChain() {}

  /**
   * The hash of a row.
   *
   * @param previous hash of the row before it, or {@link #START}
   * @param lines what the row says, without line breaks: a text that may have some goes in by its
   *     {@link #digest}
   */
  public static String next(String previous, String... lines) {
    return digest(previous + "\n" + String.join("\n", lines));
  }

  /** SHA-256 of a text's UTF-8 bytes. */
  public static String digest(String text) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(sha256.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
