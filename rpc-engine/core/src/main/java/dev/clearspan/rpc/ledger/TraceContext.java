package dev.clearspan.rpc.ledger;

/**
 * A position in a trace, as it travels on the wire in 26 bytes: trace id, span id, W3C trace flags
 * and Clearspan's own flags.
 *
 * @param traceIdHigh upper 64 bits of the trace id
 * @param traceIdLow lower 64 bits; a valid id is not all zero
 * @param spanId the sender's span, parent of what the receiver records; not zero
 * @param traceFlags W3C: 0x01 sampled, 0x02 random trace id
 * @param clearspanFlags 0x01 keep: some part of this trace is being kept already
 */
public record TraceContext(
    long traceIdHigh, long traceIdLow, long spanId, byte traceFlags, byte clearspanFlags) {

  /** Length of the binary form: 16 + 8 + 1 + 1. */
  public static final int WIRE_BYTES = 26;

  public static final byte SAMPLED = 0x01;
  public static final byte RANDOM = 0x02;
  public static final byte KEEP = 0x01;

  public boolean isValid() {
    return (traceIdHigh | traceIdLow) != 0 && spanId != 0;
  }

  public boolean isSampled() {
    return (traceFlags & SAMPLED) != 0;
  }

  /** The trace id as 32 lower-case hex digits: the ID that users search for. */
  public String traceId() {
    return toHex(traceIdHigh) + toHex(traceIdLow);
  }

  /** The span id as 16 lower-case hex digits. */
  public String spanIdHex() {
    return toHex(spanId);
  }

  private static String toHex(long value) {
    String digits = Long.toHexString(value);
    return "0".repeat(16 - digits.length()) + digits;
  }
}
