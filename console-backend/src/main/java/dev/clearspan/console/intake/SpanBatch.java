package dev.clearspan.console.intake;

import io.opentelemetry.proto.trace.v1.ResourceSpans;
import java.util.List;

/**
 * The spans of one export request, already within the {@link SpanLimits}.
 *
 * @param spans every span has a valid trace and span id
 * @param spanCount spans in all
 * @param bytes size as protobuf
 */
public record SpanBatch(List<ResourceSpans> spans, int spanCount, long bytes) implements Batch {
  public SpanBatch {
    spans = List.copyOf(spans);
  }

  @Override
  public int count() {
    return spanCount;
  }
}
