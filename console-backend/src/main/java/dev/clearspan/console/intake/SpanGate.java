package dev.clearspan.console.intake;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** Decides which spans of a request are kept, and in what size. Thread-safe. */
final class SpanGate {
  private final SpanLimits limits;
  private final TraceSizes sizes;

  SpanGate(SpanLimits limits) {
    this.limits = limits;
    this.sizes = new TraceSizes(limits.spansPerTrace());
  }

  /**
   * Looks at the spans of a request.
   *
   * @param bytes of each span, in their order
   */
  Admitted admit(List<ResourceSpans> request, List<ByteString> bytes) {
    Admission admission = new Admission(bytes.iterator());
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
    private final Iterator<ByteString> bytes;
    private final List<SpanGroup> kept = new ArrayList<>();
    private int received;
    private int rejected;
    private String reason = "";

    Admission(Iterator<ByteString> bytes) {
      this.bytes = bytes;
    }

    void resource(ResourceSpans resource) {
      Resource keptResource = trim.trimmed(resource.getResource());
      for (ScopeSpans scope : resource.getScopeSpansList()) {
        List<SentSpan> spans = new ArrayList<>(scope.getSpansCount());
        for (Span span : scope.getSpansList()) {
          SentSpan sent = new SentSpan(span, bytes.next());
          received++;
          if (isValid(span) && hasRoom(span)) {
            spans.add(trim.trimmed(sent));
          }
        }
        if (!spans.isEmpty()) {
          kept.add(new SpanGroup(keptResource, trim.text(scope.getScope().getName()), spans));
        }
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
      return new Admitted(new SpanBatch(kept), received, rejected, trim.cuts(), reason);
    }
  }
}
