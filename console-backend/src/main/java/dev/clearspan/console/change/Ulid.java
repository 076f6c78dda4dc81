package dev.clearspan.console.change;

import java.security.SecureRandom;
import java.time.Instant;

/**
 * Ids that sort by time: 48 bits of milliseconds and 80 random bits, in Crockford's base 32
 * (https://github.com/ulid/spec).
 */
final class Ulid {
  private static final char[] ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ".toCharArray();
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int TIME_CHARACTERS = 10;
  private static final int RANDOM_CHARACTERS = 16;

  private Ulid() {}

  static String at(Instant moment) {
    char[] text = new char[TIME_CHARACTERS + RANDOM_CHARACTERS];
    long millis = moment.toEpochMilli();
    for (int i = TIME_CHARACTERS - 1; i >= 0; i--) {
      text[i] = ALPHABET[(int) (millis & 31)];
      millis >>>= 5;
    }
    for (int i = 0; i < RANDOM_CHARACTERS; i++) {
      text[TIME_CHARACTERS + i] = ALPHABET[RANDOM.nextInt(ALPHABET.length)];
    }
    return new String(text);
  }
}
