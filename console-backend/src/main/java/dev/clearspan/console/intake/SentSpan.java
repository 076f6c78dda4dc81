package dev.clearspan.console.intake;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.trace.v1.Span;

/**
 * A span, and the bytes that say the same: what nobody changed is stored as it was sent, since to
 * write a span costs as much as to read it.
 */
public record SentSpan(Span span, ByteString bytes) {
  /** One that was made here. */
  public static SentSpan of(Span span) {
    return new SentSpan(span, span.toByteString());
  }
}
