package dev.clearspan.tracing.internal.span;

import dev.clearspan.rpc.ledger.AttemptKind;
import dev.clearspan.rpc.ledger.AttemptRecord;
import dev.clearspan.rpc.ledger.CallLedger;
import dev.clearspan.rpc.ledger.CallRecord;
import dev.clearspan.rpc.ledger.TraceContext;
import dev.clearspan.tracing.internal.lane.Lane;
import dev.clearspan.tracing.internal.metric.ClientSeries;
import dev.clearspan.tracing.internal.metric.LaneMetrics;
import io.opentelemetry.api.trace.SpanContext;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A client call in progress. The first attempt uses the span id that the call's own span will have
 * if it stays the only one; later attempts get fresh ids.
 */
public final class TracedCall implements CallLedger.ClientCall {
  private final CallTracer tracer;
  private final String method;
  private final String service;
  private final SpanContext parent;
  private final TraceContext position;
  private final ClientSeries series;
  private final AtomicReference<TracedAttempt> lastEnded = new AtomicReference<>();

  TracedCall(
      CallTracer tracer, String method, String service, SpanContext parent, TraceContext position) {
    this.tracer = tracer;
    this.method = method;
    this.service = service;
    this.parent = parent;
    this.position = position;
    this.series = tracer.metrics().called(method, service);
  }

  @Override
  public String traceId() {
    return position.traceId();
  }

  @Override
  public CallLedger.Attempt beginAttempt(int number, AttemptKind kind) {
    return new TracedAttempt(this, number == 1 ? position : sibling());
  }

  @Override
  public void end(CallRecord record) {
    Lane<LaneMetrics> lane = tracer.lanes().take();
    try {
      int unused = series.callEnded(lane.content(), record, retryDelayNanos());
    } finally {
      lane.giveBack();
    }
    if (position.isSampled() && tracer.pipeline() != null) {
      tracer.pipeline().offer(finished(record));
    }
  }

  void attemptEnded(TracedAttempt attempt, AttemptRecord record) {
    Lane<LaneMetrics> lane = tracer.lanes().take();
    try {
      int unused = series.attemptEnded(lane.content(), record);
    } finally {
      lane.giveBack();
    }
    TracedAttempt before;
    do {
      before = lastEnded.get();
      attempt.endedBefore = before;
    } while (!lastEnded.compareAndSet(before, attempt));
  }

  /** Attempts end in the order of this list; without hedging they do not overlap. */
  private long retryDelayNanos() {
    long delay = 0;
    TracedAttempt later = lastEnded.get();
    for (; later != null && later.endedBefore != null; later = later.endedBefore) {
      delay += Math.max(0, later.record().startNanos() - later.endedBefore.record().endNanos());
    }
    return delay;
  }

  private FinishedCall finished(CallRecord record) {
    return new FinishedCall(
        method,
        service,
        parent,
        position,
        record,
        lastEnded.get(),
        tracer.clock().epochNanos(record.endNanos()) - record.endNanos(),
        tracer.conventions(),
        tracer.resource());
  }

  private TraceContext sibling() {
    return new TraceContext(
        position.traceIdHigh(),
        position.traceIdLow(),
        SpanIds.next(),
        position.traceFlags(),
        position.clearspanFlags());
  }
}
