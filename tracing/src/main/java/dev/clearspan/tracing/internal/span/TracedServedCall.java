package dev.clearspan.tracing.internal.span;

import dev.clearspan.rpc.Metadata;
import dev.clearspan.rpc.ledger.CallLedger;
import dev.clearspan.rpc.ledger.ServedRecord;
import dev.clearspan.tracing.internal.lane.Lane;
import dev.clearspan.tracing.internal.metric.CallMetrics;
import dev.clearspan.tracing.internal.metric.LaneMetrics;
import dev.clearspan.tracing.semconv.TelemetryNames;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.data.StatusData;
import java.util.concurrent.TimeUnit;

/** A served call in progress: a span of the SDK, which the handler sees as the current one. */
public final class TracedServedCall implements CallLedger.ServedCall {
  private final CallTracer tracer;
  private final String method;
  private final Span span;
  private final long startNanos;
  private final long startEpochNanos;

  TracedServedCall(
      CallTracer tracer, String method, Span span, long startNanos, long startEpochNanos) {
    this.tracer = tracer;
    this.method = method;
    this.span = span;
    this.startNanos = startNanos;
    this.startEpochNanos = startEpochNanos;
  }

  @Override
  public String traceId() {
    return span.getSpanContext().getTraceId();
  }

  @Override
  @SuppressWarnings("MustBeClosedChecker") // closing it is the business of who closes our scope
  public CallLedger.Scope makeCurrent(Metadata request) {
    return Context.current().with(span).makeCurrent()::close;
  }

  @Override
  public boolean end(ServedRecord record) {
    Lane<LaneMetrics> lane = tracer.lanes().take();
    try {
      int unused = tracer.metrics().served(method, record).ended(lane.content(), record);
    } finally {
      lane.giveBack();
    }
    if (span.isRecording()) {
      describe(record);
      span.end(startEpochNanos + (record.endNanos() - startNanos), TimeUnit.NANOSECONDS);
    }
    return span.getSpanContext().isSampled();
  }

  private void describe(ServedRecord record) {
    span.setAllAttributes(
        tracer.conventions().putStatus(Attributes.builder(), record.status().code()).build());
    span.setAttribute(TelemetryNames.QUEUE_MS, (record.handlerNanos() - record.startNanos()) / 1e6);
    if (record.errorType() != null) {
      span.setAttribute(TelemetryNames.ERROR_TYPE, record.errorType());
    }
    StatusData status = TelemetryNames.serverStatus(record.status());
    if (!status.equals(StatusData.unset())) {
      span.setStatus(status.getStatusCode(), status.getDescription());
    }
    if (CallMetrics.isUnknownMethod(record)) {
      span.updateName(TelemetryNames.SYSTEM);
      span.setAttribute(TelemetryNames.RPC_METHOD, TelemetryNames.OTHER_METHOD);
      span.setAttribute(TelemetryNames.RPC_METHOD_ORIGINAL, method);
    }
  }
}
