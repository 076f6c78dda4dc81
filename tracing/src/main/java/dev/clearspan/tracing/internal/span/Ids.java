package dev.clearspan.tracing.internal.span;

import io.opentelemetry.api.trace.SpanContext;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;

/** Ids as numbers. */
final class Ids {
  private static final int SPAN_DIGITS = 16;

  private Ids() {}

  /** A random one, never zero. */
  static long next() {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    long id;
    do {
      id = random.nextLong();
    } while (id == 0);
    return id;
  }

  static long ofSpan(SpanContext context) {
    return HexFormat.fromHexDigitsToLong(context.getSpanId());
  }

  static long traceHigh(String traceId) {
    return HexFormat.fromHexDigitsToLong(traceId, 0, SPAN_DIGITS);
  }

  static long traceLow(String traceId) {
    return HexFormat.fromHexDigitsToLong(traceId, SPAN_DIGITS, 2 * SPAN_DIGITS);
  }

  static String hex(long id) {
    return HexFormat.of().toHexDigits(id);
  }

  static String hex(long high, long low) {
    return hex(high) + hex(low);
  }
}
