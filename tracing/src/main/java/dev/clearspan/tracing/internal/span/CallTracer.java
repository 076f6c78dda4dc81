package dev.clearspan.tracing.internal.span;

import dev.clearspan.rpc.ledger.TraceContext;
import dev.clearspan.tracing.internal.export.SpanPipeline;
import dev.clearspan.tracing.internal.lane.Lanes;
import dev.clearspan.tracing.internal.metric.CallMetrics;
import dev.clearspan.tracing.internal.metric.LaneMetrics;
import dev.clearspan.tracing.internal.time.EpochClock;
import dev.clearspan.tracing.semconv.Conventions;
import dev.clearspan.tracing.semconv.TelemetryNames;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import io.opentelemetry.sdk.trace.samplers.SamplingDecision;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Starts traced calls, on both sides. Thread-safe.
 *
 * @param tracer makes SERVER spans
 * @param sampler decides at the root of a trace; everyone else follows
 * @param pipeline takes finished client calls; null: spans are not exported
 */
public record CallTracer(
    Tracer tracer,
    Sampler sampler,
    Resource resource,
    EpochClock clock,
    CallMetrics metrics,
    Lanes<LaneMetrics> lanes,
    Conventions conventions,
    @Nullable SpanPipeline pipeline) {

  private static final byte NEW_TRACE = TraceContext.RANDOM;

  /** Begins a client call under the caller's current span. */
  public TracedCall beginCall(String method, String service) {
    SpanContext parent = Span.fromContext(Context.current()).getSpanContext();
    TraceContext position = parent.isValid() ? positionUnder(parent) : newTrace(method, service);
    return new TracedCall(this, method, service, parent, position);
  }

  /** Begins a served call under the caller's attempt. */
  public TracedServedCall beginServed(
      String method, @Nullable TraceContext remote, @Nullable String caller) {
    long startNanos = clock.nanos();
    long startEpochNanos = clock.epochNanos(startNanos);
    Context parent = remoteContext(remote);
    Span span =
        tracer
            .spanBuilder(method)
            .setParent(parent)
            .setSpanKind(SpanKind.SERVER)
            .setAttribute(TelemetryNames.RPC_SYSTEM_NAME, TelemetryNames.SYSTEM)
            .setAttribute(TelemetryNames.RPC_METHOD, method)
            .setAttribute(TelemetryNames.CALLER, caller)
            .setStartTimestamp(startEpochNanos, TimeUnit.NANOSECONDS)
            .startSpan();
    return new TracedServedCall(this, method, span, startNanos, startEpochNanos);
  }

  private TraceContext newTrace(String method, String service) {
    TraceContext unsampled =
        new TraceContext(SpanIds.next(), SpanIds.next(), SpanIds.next(), NEW_TRACE, (byte) 0);
    return isSampled(unsampled.traceId(), method, service) ? sampled(unsampled) : unsampled;
  }

  private boolean isSampled(String traceId, String method, String service) {
    Attributes attributes =
        Attributes.of(
            TelemetryNames.RPC_SYSTEM_NAME,
            TelemetryNames.SYSTEM,
            TelemetryNames.RPC_METHOD,
            method,
            TelemetryNames.SERVER_ADDRESS,
            service);
    return sampler
            .shouldSample(Context.root(), traceId, method, SpanKind.CLIENT, attributes, List.of())
            .getDecision()
        == SamplingDecision.RECORD_AND_SAMPLE;
  }

  private static TraceContext sampled(TraceContext context) {
    return new TraceContext(
        context.traceIdHigh(),
        context.traceIdLow(),
        context.spanId(),
        (byte) (context.traceFlags() | TraceContext.SAMPLED),
        TraceContext.KEEP);
  }

  private static TraceContext positionUnder(SpanContext parent) {
    String traceId = parent.getTraceId();
    return new TraceContext(
        HexFormat.fromHexDigitsToLong(traceId, 0, 16),
        HexFormat.fromHexDigitsToLong(traceId, 16, 32),
        SpanIds.next(),
        parent.getTraceFlags().asByte(),
        parent.isSampled() ? TraceContext.KEEP : 0);
  }

  private static Context remoteContext(@Nullable TraceContext remote) {
    if (remote == null || !remote.isValid()) {
      return Context.root();
    }
    return Context.root()
        .with(
            Span.wrap(
                SpanContext.createFromRemoteParent(
                    remote.traceId(),
                    remote.spanIdHex(),
                    TraceFlags.fromByte(remote.traceFlags()),
                    TraceState.getDefault())));
  }
}
