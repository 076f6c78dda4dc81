package dev.clearspan.console.identity;

import dev.clearspan.console.problem.ProblemException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Locale;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * Hashes passwords with Argon2id at 46 MiB, one pass, one lane (OWASP's first choice), at most two
 * at a time: else signing in would be the way to exhaust the console. Thread-safe.
 */
final class Passwords {
  static final int MIN_LENGTH = 12;
  static final int MAX_LENGTH = 128;

  private static final int MEMORY_KIB = 47_104;
  private static final int SALT_BYTES = 16;
  private static final int HASH_BYTES = 32;
  private static final int WAIT_SECONDS = 10;

  private final Semaphore slots = new Semaphore(2, true);
  private final String unknownUser = hash(Secrets.create());

  /** The salt and the hash, as text for {@link #matches}. */
  String hash(String password) {
    byte[] salt = Secrets.randomBytes(SALT_BYTES);
    Base64.Encoder base64 = Base64.getEncoder().withoutPadding();
    return base64.encodeToString(salt) + "$" + base64.encodeToString(argon2(password, salt));
  }

  boolean matches(String password, String stored) {
    int separator = stored.indexOf('$');
    byte[] salt = Base64.getDecoder().decode(stored.substring(0, separator));
    byte[] expected = Base64.getDecoder().decode(stored.substring(separator + 1));
    return MessageDigest.isEqual(argon2(password, salt), expected);
  }

  /** Takes as long as a comparison, so that an unknown user is not told by the clock. */
  void pretendToCompare(String password) {
    matches(password, unknownUser);
  }

  /** Refuses passwords that are too easy to guess. */
  static void check(String name, String password) {
    if (password.length() < MIN_LENGTH || password.length() > MAX_LENGTH) {
      throw ProblemException.invalid(
          "password",
          password.length() + " characters (expected: " + MIN_LENGTH + " to " + MAX_LENGTH + ")");
    }
    if (password.toLowerCase(Locale.ROOT).contains(name.toLowerCase(Locale.ROOT))) {
      throw ProblemException.invalid(
          "password",
          "contains the user name (expected: something that cannot be guessed from it)");
    }
    if (password.chars().distinct().count() < 5) {
      throw ProblemException.invalid(
          "password", "repeats itself (expected: at least 5 different characters)");
    }
  }

  private byte[] argon2(String password, byte[] salt) {
    acquireSlot();
    try {
      Argon2BytesGenerator generator = new Argon2BytesGenerator();
      generator.init(
          new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
              .withVersion(Argon2Parameters.ARGON2_VERSION_13)
              .withMemoryAsKB(MEMORY_KIB)
              .withIterations(1)
              .withParallelism(1)
              .withSalt(salt)
              .build());
      byte[] hash = new byte[HASH_BYTES];
      generator.generateBytes(password.getBytes(StandardCharsets.UTF_8), hash);
      return hash;
    } finally {
      slots.release();
    }
  }

  private void acquireSlot() {
    try {
      if (slots.tryAcquire(WAIT_SECONDS, TimeUnit.SECONDS)) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw ProblemException.tooMany("Too many people are signing in right now", WAIT_SECONDS);
  }
}
