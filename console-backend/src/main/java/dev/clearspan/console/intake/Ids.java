package dev.clearspan.console.intake;

import com.google.protobuf.ByteString;

/** Ids of traces and spans as OTLP carries them. */
final class Ids {
  private static final int TRACE_BYTES = 16;
  private static final int SPAN_BYTES = 8;

  private Ids() {}

  static boolean isTrace(ByteString id) {
    return isId(id, TRACE_BYTES);
  }

  static boolean isSpan(ByteString id) {
    return isId(id, SPAN_BYTES);
  }

  /** A parent's, or none; exporters that send zeros mean none. */
  static boolean isSpanOrNone(ByteString id) {
    return id.isEmpty() || id.size() == SPAN_BYTES;
  }

  private static boolean isId(ByteString id, int length) {
    if (id.size() != length) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if (id.byteAt(i) != 0) {
        return true;
      }
    }
    return false;
  }
}
