package dev.clearspan.tracing.internal.span;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.ContextKey;
import org.jspecify.annotations.Nullable;

/**
 * The served call in a context. OpenTelemetry's own contexts hold it as their span. Those of the
 * OpenTelemetry Java agent drop spans that neither the agent nor the API has made: in them its
 * position stands as the span, for whoever makes children of it, and beside it the call itself, for
 * us.
 */
final class CurrentServed {
  private static final boolean CONTEXTS_HOLD_OUR_SPANS =
      Context.root().getClass().getName().startsWith("io.opentelemetry.context.");
  private static final ContextKey<RecordedServed> BESIDE = ContextKey.named("clearspan-served");

  private CurrentServed() {}

  /** The context with the served call as its span. */
  static Context in(Context context, RecordedServed served) {
    return CONTEXTS_HOLD_OUR_SPANS
        ? context.with(served)
        : context.with(Span.wrap(served.getSpanContext())).with(BESIDE, served);
  }

  /**
   * The served call that a context's span is.
   *
   * @param span of the context; null: it has none
   * @return null: it is none of ours
   */
  static @Nullable RecordedServed of(Context context, @Nullable Span span) {
    if (span instanceof RecordedServed served) {
      return served;
    }
    return CONTEXTS_HOLD_OUR_SPANS || span == null ? null : beside(context, span);
  }

  /** Another span may have become the current one since. */
  private static @Nullable RecordedServed beside(Context context, Span span) {
    RecordedServed served = context.get(BESIDE);
    return served != null && Ids.ofSpan(span.getSpanContext()) == served.spanId() ? served : null;
  }
}
