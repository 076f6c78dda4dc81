package dev.clearspan.rpc.internal.http2;

import dev.clearspan.rpc.ledger.TraceContext;
import io.netty.util.AsciiString;
import java.nio.charset.StandardCharsets;

/** Writes the W3C header {@code traceparent} (www.w3.org/TR/trace-context). */
final class TraceParentText {
  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
  private static final int BYTES = 55;
  private static final int TRACE_AT = 3;
  private static final int SPAN_AT = 36;
  private static final int FLAGS_AT = 53;

  private TraceParentText() {}

  /** "00-", trace id, span id and flags in hex. */
  static AsciiString of(TraceContext trace) {
    byte[] text = new byte[BYTES];
    text[0] = '0';
    text[1] = '0';
    text[TRACE_AT - 1] = '-';
    put(text, TRACE_AT, trace.traceIdHigh(), 16);
    put(text, TRACE_AT + 16, trace.traceIdLow(), 16);
    text[SPAN_AT - 1] = '-';
    put(text, SPAN_AT, trace.spanId(), 16);
    text[FLAGS_AT - 1] = '-';
    put(text, FLAGS_AT, trace.traceFlags(), 2);
    return new AsciiString(text, false);
  }

  private static void put(byte[] text, int at, long value, int digits) {
    long rest = value;
    for (int i = at + digits - 1; i >= at; i--) {
      text[i] = HEX[(int) rest & 0xf];
      rest >>>= 4;
    }
  }
}
