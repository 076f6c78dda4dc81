package dev.clearspan.console.intake;

import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.util.ArrayList;
import java.util.List;

/** Decides which spans of a request are kept, and in what size. Thread-safe. */
final class SpanGate {
  private final SpanLimits limits;
  private final TraceSizes sizes;

  SpanGate(SpanLimits limits) {
    this.limits = limits;
    this.sizes = new TraceSizes(limits.spansPerTrace());
  }

  Admitted admit(List<ResourceSpans> request) {
    Admission admission = new Admission();
    for (ResourceSpans resource : request) {
      admission.resource(resource);
    }
    return admission.result();
  }

  /**
   * What of a request is kept.
   *
   * @param received spans in the request
   * @param rejected of those, not kept
   * @param cuts values, attributes and events cut
   * @param reason why spans were rejected, empty when none was
   */
  record Admitted(SpanBatch batch, int received, int rejected, int cuts, String reason) {}

  private final class Admission {
    private final SpanTrim trim = new SpanTrim(limits);
    private final List<ResourceSpans> kept = new ArrayList<>();
    private int received;
    private int rejected;
    private String reason = "";

    void resource(ResourceSpans resource) {
      ResourceSpans.Builder keptResource =
          ResourceSpans.newBuilder().setResource(trim.trimmed(resource.getResource()));
      for (ScopeSpans scope : resource.getScopeSpansList()) {
        ScopeSpans.Builder keptScope =
            ScopeSpans.newBuilder().setScope(trim.trimmed(scope.getScope()));
        for (Span span : scope.getSpansList()) {
          received++;
          if (isValid(span) && hasRoom(span)) {
            keptScope.addSpans(trim.trimmed(span));
          }
        }
        if (keptScope.getSpansCount() > 0) {
          keptResource.addScopeSpans(keptScope);
        }
      }
      if (keptResource.getScopeSpansCount() > 0) {
        kept.add(keptResource.build());
      }
    }

    private boolean isValid(Span span) {
      if (Ids.isTrace(span.getTraceId())
          && Ids.isSpan(span.getSpanId())
          && Ids.isSpanOrNone(span.getParentSpanId())) {
        return true;
      }
      return reject(
          "span with a bad id (expected: trace id of 16 bytes, span ids of 8, not all zero)");
    }

    private boolean hasRoom(Span span) {
      return sizes.admits(span.getTraceId())
          || reject(
              "more than " + limits.spansPerTrace() + " spans in one trace (expected: fewer)");
    }

    private boolean reject(String why) {
      rejected++;
      reason = why;
      return false;
    }

    Admitted result() {
      long bytes = kept.stream().mapToLong(ResourceSpans::getSerializedSize).sum();
      return new Admitted(
          new SpanBatch(kept, received - rejected, bytes), received, rejected, trim.cuts(), reason);
    }
  }
}
