package dev.clearspan.console.trace;

import com.google.protobuf.ByteString;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A 128-bit trace id; never all zero.
 *
 * @param high its first 8 bytes
 * @param low its last 8 bytes, random in every common generator
 */
public record TraceId(long high, long low) {
  private static final Pattern HEX = Pattern.compile("[0-9a-fA-F]{32}");
  private static final HexFormat FORMAT = HexFormat.of();

  public TraceId {
    if (high == 0 && low == 0) {
      throw new IllegalArgumentException("trace id is all zero (expected: a random one)");
    }
  }

  /** Reads 32 hex digits of either case, not all zero; empty if it is anything else. */
  public static Optional<TraceId> parse(String text) {
    if (!HEX.matcher(text).matches()) {
      return Optional.empty();
    }
    long high = HexFormat.fromHexDigitsToLong(text, 0, 16);
    long low = HexFormat.fromHexDigitsToLong(text, 16, 32);
    return high == 0 && low == 0 ? Optional.empty() : Optional.of(new TraceId(high, low));
  }

  /** Reads the 16 bytes of OTLP. */
  static TraceId of(ByteString bytes) {
    return new TraceId(
        bytes.asReadOnlyByteBuffer().getLong(0), bytes.asReadOnlyByteBuffer().getLong(Long.BYTES));
  }

  /** 32 lower-case hex digits. */
  @Override
  public String toString() {
    return FORMAT.toHexDigits(high) + FORMAT.toHexDigits(low);
  }
}
