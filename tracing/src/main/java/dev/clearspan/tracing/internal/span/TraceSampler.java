package dev.clearspan.tracing.internal.span;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.data.LinkData;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import io.opentelemetry.sdk.trace.samplers.SamplingDecision;
import io.opentelemetry.sdk.trace.samplers.SamplingResult;
import java.util.List;

/**
 * Samples spans that user code makes as their trace was sampled at its root, and records the
 * others, in case their trace is kept in the end.
 */
public final class TraceSampler implements Sampler {
  private static final SamplingResult SAMPLED =
      SamplingResult.create(SamplingDecision.RECORD_AND_SAMPLE);
  private static final SamplingResult RECORDED =
      SamplingResult.create(SamplingDecision.RECORD_ONLY);

  private final Sampler root;

  /** Roots are sampled at this rate. */
  public TraceSampler(double rate) {
    root = Sampler.traceIdRatioBased(rate);
  }

  @Override
  public SamplingResult shouldSample(
      Context parentContext,
      String traceId,
      String name,
      SpanKind kind,
      Attributes attributes,
      List<LinkData> links) {
    SpanContext parent = Span.fromContext(parentContext).getSpanContext();
    boolean sampled =
        parent.isValid()
            ? parent.isSampled()
            : root.shouldSample(parentContext, traceId, name, kind, attributes, links).getDecision()
                == SamplingDecision.RECORD_AND_SAMPLE;
    return sampled ? SAMPLED : RECORDED;
  }

  @Override
  public String getDescription() {
    return "RecordedUnlessSampled{root=" + root.getDescription() + "}";
  }
}
