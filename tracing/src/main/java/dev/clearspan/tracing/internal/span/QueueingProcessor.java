package dev.clearspan.tracing.internal.span;

import dev.clearspan.tracing.internal.export.SpanPipeline;
import dev.clearspan.tracing.internal.export.SpanSource;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.util.List;

/** Hands the SDK's spans, served calls and the user's own, to the same pipeline. */
public final class QueueingProcessor implements SpanProcessor {
  private final SpanPipeline pipeline;

  public QueueingProcessor(SpanPipeline pipeline) {
    this.pipeline = pipeline;
  }

  @Override
  public void onStart(Context parent, ReadWriteSpan span) {}

  @Override
  public boolean isStartRequired() {
    return false;
  }

  @Override
  public void onEnd(ReadableSpan span) {
    if (span.getSpanContext().isSampled()) {
      pipeline.offer(new SdkSpan(span));
    }
  }

  @Override
  public boolean isEndRequired() {
    return true;
  }

  private record SdkSpan(ReadableSpan span) implements SpanSource {
    @Override
    public int spans() {
      return 1;
    }

    @Override
    public void addTo(List<SpanData> batch) {
      batch.add(span.toSpanData());
    }
  }
}
