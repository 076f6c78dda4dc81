package dev.clearspan.tracing.internal.span;

import dev.clearspan.rpc.ledger.CallEvent;
import dev.clearspan.tracing.semconv.TelemetryNames;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;

/** What a call changed or met, as events of its span. */
final class CallEvents {
  private CallEvents() {}

  static void add(SpanNotes notes, CallEvent event, long epochNanos) {
    if (event instanceof CallEvent.BreakerChanged change) {
      AttributesBuilder attributes =
          Attributes.builder()
              .put(TelemetryNames.PEER_INSTANCE, change.instance())
              .put(TelemetryNames.FROM, change.from())
              .put(TelemetryNames.TO, change.to())
              .put(TelemetryNames.CAUSE, change.cause());
      if (!change.detail().isEmpty()) {
        attributes.put(TelemetryNames.DETAIL, change.detail());
      }
      notes.event(TelemetryNames.BREAKER_EVENT, attributes.build(), epochNanos);
    } else if (event instanceof CallEvent.PanicChanged change) {
      Attributes attributes =
          Attributes.of(
              TelemetryNames.TO,
              change.begins() ? "panic" : "normal",
              TelemetryNames.DETAIL,
              change.detail());
      notes.event(TelemetryNames.PANIC_EVENT, attributes, epochNanos);
    } else if (event instanceof CallEvent.FaultInjected fault) {
      Attributes attributes =
          Attributes.of(TelemetryNames.KIND, fault.kind(), TelemetryNames.DETAIL, fault.detail());
      notes.event(TelemetryNames.FAULT_EVENT, attributes, epochNanos);
    } else if (event instanceof CallEvent.FellBack fallback) {
      Attributes attributes = Attributes.of(TelemetryNames.SOURCE, fallback.source());
      notes.event(TelemetryNames.FALLBACK_EVENT, attributes, epochNanos);
    }
  }
}
