package dev.clearspan.rpc.internal.http1;

import dev.clearspan.rpc.ledger.TraceContext;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The W3C header {@code traceparent} (www.w3.org/TR/trace-context). */
final class TraceParent {
  static final String HEADER = "traceparent";

  private static final Pattern FORM =
      Pattern.compile(
          "(?!ff)[0-9a-f]{2}-([0-9a-f]{16})([0-9a-f]{16})-([0-9a-f]{16})-([0-9a-f]{2}).*");
  private static final int MOST_CHARACTERS = 256;

  private TraceParent() {}

  /** The context, or null when the header is absent or malformed, as the specification asks. */
  static @Nullable TraceContext parse(@Nullable String header) {
    if (header == null || header.length() > MOST_CHARACTERS) {
      return null;
    }
    Matcher form = FORM.matcher(header.trim());
    if (!form.matches()) {
      return null;
    }
    TraceContext context =
        new TraceContext(
            Long.parseUnsignedLong(form.group(1), 16),
            Long.parseUnsignedLong(form.group(2), 16),
            Long.parseUnsignedLong(form.group(3), 16),
            (byte) Integer.parseInt(form.group(4), 16),
            (byte) 0);
    return context.isValid() ? context : null;
  }
}
