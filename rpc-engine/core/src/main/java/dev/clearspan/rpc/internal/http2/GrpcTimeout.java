package dev.clearspan.rpc.internal.http2;

import io.netty.util.AsciiString;
import java.util.concurrent.TimeUnit;

/**
 * The value of {@code grpc-timeout}: at most 8 digits and a unit (H, M, S, m, u, n), after gRPC's
 * PROTOCOL-HTTP2.md.
 */
final class GrpcTimeout {
  /** What longer timeouts count as: 365 days, so that it can be added to any clock. */
  static final long MOST_NANOS = TimeUnit.DAYS.toNanos(365);

  private static final int MOST_DIGITS = 8;
  private static final long DIGITS_END = 100_000_000L;
  private static final String UNITS = "numSMH";

  private GrpcTimeout() {}

  /** The value in the smallest unit that it fits in; what has passed is told as 1 ns. */
  static AsciiString encode(long nanos) {
    long left = Math.max(1, Math.min(MOST_NANOS, nanos));
    int unit = 0;
    while (left / nanosPer(UNITS.charAt(unit)) >= DIGITS_END) {
      unit++;
    }
    char letter = UNITS.charAt(unit);
    return AsciiString.of(Long.toString(left / nanosPer(letter)) + letter);
  }

  /**
   * Nanoseconds, at most {@link #MOST_NANOS}.
   *
   * @throws IllegalArgumentException if it is no timeout
   */
  static long decode(CharSequence value) {
    int digits = value.length() - 1;
    if (digits < 1 || digits > MOST_DIGITS) {
      throw malformed(value);
    }
    long number = 0;
    for (int i = 0; i < digits; i++) {
      int digit = value.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        throw malformed(value);
      }
      number = 10 * number + digit;
    }
    char letter = value.charAt(digits);
    if (UNITS.indexOf(letter) < 0) {
      throw malformed(value);
    }
    long perUnit = nanosPer(letter);
    return number > MOST_NANOS / perUnit ? MOST_NANOS : number * perUnit;
  }

  private static long nanosPer(char letter) {
    return switch (letter) {
      case 'n' -> 1;
      case 'u' -> 1_000;
      case 'm' -> 1_000_000;
      case 'S' -> 1_000_000_000;
      case 'M' -> 60_000_000_000L;
      default -> 3_600_000_000_000L;
    };
  }

  private static IllegalArgumentException malformed(CharSequence value) {
    String shown = value.length() <= 32 ? value.toString() : value.subSequence(0, 32) + "...";
    return new IllegalArgumentException(
        "grpc-timeout: " + shown + " (expected: 1 to 8 digits and one of H M S m u n)");
  }
}
