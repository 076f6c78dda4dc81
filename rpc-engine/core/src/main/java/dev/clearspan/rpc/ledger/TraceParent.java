package dev.clearspan.rpc.ledger;

import org.jspecify.annotations.Nullable;

/** The W3C header {@code traceparent} (www.w3.org/TR/trace-context): version-trace-span-flags. */
public final class TraceParent {
  public static final String HEADER = "traceparent";

  private static final int VERSION_END = 2;
  private static final int TRACE = 3;
  private static final int SPAN = 36;
  private static final int FLAGS = 53;
  private static final int LENGTH = 55;
  private static final int MOST_CHARACTERS = 256;
  private static final int INVALID_VERSION = 0xff;

  private TraceParent() {}

  /** The context, or null when the header is absent or malformed, as the specification asks. */
  public static @Nullable TraceContext parse(@Nullable CharSequence header) {
    if (header == null || header.length() < LENGTH || header.length() > MOST_CHARACTERS) {
      return null;
    }
    try {
      return read(header);
    } catch (NumberFormatException e) {
      return null;
    }
  }

  private static @Nullable TraceContext read(CharSequence header) {
    boolean laterVersion = header.length() > LENGTH;
    if (header.charAt(VERSION_END) != '-'
        || header.charAt(SPAN - 1) != '-'
        || header.charAt(FLAGS - 1) != '-'
        || (laterVersion && header.charAt(LENGTH) != '-')
        || hex(header, 0, VERSION_END) == INVALID_VERSION) {
      return null;
    }
    TraceContext context =
        new TraceContext(
            hex(header, TRACE, TRACE + 16),
            hex(header, TRACE + 16, SPAN - 1),
            hex(header, SPAN, FLAGS - 1),
            (byte) hex(header, FLAGS, LENGTH),
            (byte) 0);
    return context.isValid() ? context : null;
  }

  private static long hex(CharSequence text, int from, int to) {
    long value = 0;
    for (int i = from; i < to; i++) {
      char each = text.charAt(i);
      if (each >= '0' && each <= '9') {
        value = value << 4 | (each - '0');
      } else if (each >= 'a' && each <= 'f') {
        value = value << 4 | (each - 'a' + 10);
      } else {
        throw new NumberFormatException("not lower-case hex: " + each);
      }
    }
    return value;
  }
}
