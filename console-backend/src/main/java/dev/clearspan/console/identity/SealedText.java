package dev.clearspan.console.identity;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Text that only whoever has a secret can read: AES-256 in GCM, under a key made of the secret. So
 * the database, which has the secret's fingerprint only, does not give it away.
 */
final class SealedText {
  private static final String CIPHER = "AES/GCM/NoPadding";
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;

  private SealedText() {}

  static byte[] seal(String text, String secret) {
    byte[] nonce = Secrets.randomBytes(NONCE_BYTES);
    try {
      byte[] sealed =
          cipher(Cipher.ENCRYPT_MODE, secret, nonce).doFinal(text.getBytes(StandardCharsets.UTF_8));
      byte[] all = Arrays.copyOf(nonce, NONCE_BYTES + sealed.length);
      System.arraycopy(sealed, 0, all, NONCE_BYTES, sealed.length);
      return all;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(CIPHER + " must be there", e);
    }
  }

  /** The text; empty if it was sealed with another secret or is not as it was sealed. */
  static Optional<String> open(byte[] sealed, String secret) {
    if (sealed.length < NONCE_BYTES + TAG_BITS / Byte.SIZE) {
      return Optional.empty();
    }
    try {
      byte[] text =
          cipher(Cipher.DECRYPT_MODE, secret, Arrays.copyOf(sealed, NONCE_BYTES))
              .doFinal(sealed, NONCE_BYTES, sealed.length - NONCE_BYTES);
      return Optional.of(new String(text, StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      return Optional.empty();
    }
  }

  private static Cipher cipher(int mode, String secret, byte[] nonce)
      throws GeneralSecurityException {
    byte[] key = HexFormat.of().parseHex(Secrets.fingerprint("seal:" + secret));
    Cipher cipher = Cipher.getInstance(CIPHER);
    cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG_BITS, nonce));
    return cipher;
  }
}
