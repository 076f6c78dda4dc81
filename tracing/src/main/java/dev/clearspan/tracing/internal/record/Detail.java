package dev.clearspan.tracing.internal.record;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What of a span has no place in its record. Does not change any more.
 *
 * @param message the status' message; empty: none
 * @param methodOriginal what the caller asked for, where there is no such method
 * @param traceState W3C's header, passed on
 * @param kept pairs of metadata that operators want to see, key and value in turn
 * @param notes what user code added to the span
 */
public record Detail(
    String message,
    @Nullable String methodOriginal,
    @Nullable String traceState,
    List<String> kept,
    @Nullable Notes notes) {

  /** An estimate of the bytes it holds. */
  int bytes() {
    int text = message.length() + length(methodOriginal) + length(traceState);
    for (String each : kept) {
      text += each.length();
    }
    return 128 + 2 * text + (notes == null ? 0 : notes.bytes());
  }

  private static int length(@Nullable String text) {
    return text == null ? 0 : text.length();
  }

  /** What user code added to a span. */
  public interface Notes {
    /** An estimate of the bytes they hold. */
    int bytes();
  }
}
