package dev.clearspan.tracing.internal.span;

import dev.clearspan.rpc.ledger.CallLedger;
import dev.clearspan.rpc.ledger.TelemetryRules;
import dev.clearspan.rpc.ledger.TraceContext;
import dev.clearspan.tracing.internal.keep.FlightRecorder;
import dev.clearspan.tracing.internal.lane.Lanes;
import dev.clearspan.tracing.internal.metric.CallMetrics;
import dev.clearspan.tracing.internal.time.EpochClock;
import io.opentelemetry.api.baggage.Baggage;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.context.Context;
import org.jspecify.annotations.Nullable;

/** Begins recorded calls, on both sides: gives them their place in a trace. Thread-safe. */
public final class CallTracer {
  private final String ownService;
  private final Catalogue catalogue;
  private final FlightRecorder recorder;
  private final EpochClock clock;
  private final SpanWriter writer;
  private final Carriage carriage = new Carriage();

  CallTracer(
      String ownService,
      Catalogue catalogue,
      FlightRecorder recorder,
      Lanes<LaneContent> lanes,
      CallMetrics metrics,
      EpochClock clock) {
    this.ownService = ownService;
    this.catalogue = catalogue;
    this.recorder = recorder;
    this.clock = clock;
    this.writer = new SpanWriter(ownService, catalogue, recorder, lanes, metrics);
  }

  /** Begins a client call under the caller's current span. */
  public CallLedger.ClientCall beginCall(String method, String service) {
    CalledMethod called = catalogue.called(service, method);
    Context context = Context.current();
    Span above = Span.fromContextOrNull(context);
    RecordedServed served = CurrentServed.of(context, above);
    RecordedCall call =
        served == null
            ? beginUnder(called, above)
            : new RecordedCall(this, called, under(served), served);
    Baggage baggage = context == Context.root() ? null : Baggage.fromContextOrNull(context);
    if (baggage != null && !baggage.isEmpty()) {
      call.more().baggage = baggage;
    }
    if (!called.rule.keeps().isEmpty() && called.rule.keepsCallsOf(ownService)) {
      call.keep();
    }
    return call;
  }

  /** Begins a served call under the caller's attempt. */
  public CallLedger.ServedCall beginServed(
      String method, @Nullable TraceContext remote, @Nullable String caller) {
    if (remote == null || !remote.isValid()) {
      return new RecordedServed(this, method, caller, root(catalogue.ownRule(method)), 0);
    }
    boolean kept = (remote.clearspanFlags() & TraceContext.KEEP) != 0;
    return new RecordedServed(this, method, caller, under(remote, kept), remote.spanId());
  }

  /** What operators want of calls to a service. */
  public void rules(String service, TelemetryRules rules) {
    catalogue.rules(service, rules);
  }

  /** Calls whose baggage was too large to be sent. */
  public long baggageDropped() {
    return carriage.dropped();
  }

  SpanWriter writer() {
    return writer;
  }

  Carriage carriage() {
    return carriage;
  }

  FlightRecorder recorder() {
    return recorder;
  }

  EpochClock clock() {
    return clock;
  }

  /** A new span in the same trace. */
  TraceContext under(TraceContext position, boolean kept) {
    return new TraceContext(
        position.traceIdHigh(),
        position.traceIdLow(),
        Ids.next(),
        position.traceFlags(),
        kept ? TraceContext.KEEP : 0);
  }

  private TraceContext under(RecordedServed served) {
    return new TraceContext(
        served.traceIdHigh(),
        served.traceIdLow(),
        Ids.next(),
        served.traceFlags(),
        served.isMarkedKept() ? TraceContext.KEEP : 0);
  }

  private RecordedCall beginUnder(CalledMethod called, @Nullable Span above) {
    SpanContext parent = above == null ? SpanContext.getInvalid() : above.getSpanContext();
    return parent.isValid()
        ? new RecordedCall(this, called, under(parent), parent)
        : new RecordedCall(this, called, root(called.rule), null);
  }

  private TraceContext under(SpanContext parent) {
    long low = Ids.traceLow(parent.getTraceId());
    return new TraceContext(
        Ids.traceHigh(parent.getTraceId()),
        low,
        Ids.next(),
        parent.getTraceFlags().asByte(),
        recorder.isKept(low) ? TraceContext.KEEP : 0);
  }

  private static TraceContext root(MethodRule rule) {
    long low = Ids.next();
    boolean head = rule.chooses(low);
    byte flags = head ? TraceContext.RANDOM | TraceContext.SAMPLED : TraceContext.RANDOM;
    return new TraceContext(Ids.next(), low, Ids.next(), flags, head ? TraceContext.KEEP : 0);
  }
}
