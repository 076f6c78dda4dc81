package dev.clearspan.console.intake;

import io.opentelemetry.proto.resource.v1.Resource;
import java.util.List;

/**
 * Spans of one resource and one instrumentation scope.
 *
 * @param scope name of the scope, empty if none is known
 */
public record SpanGroup(Resource resource, String scope, List<SentSpan> spans) {
  public SpanGroup {
    spans = List.copyOf(spans);
  }

  /** Size as protobuf. */
  long bytes() {
    long bytes = resource.getSerializedSize();
    for (SentSpan span : spans) {
      bytes += span.bytes().size();
    }
    return bytes;
  }
}
