package dev.clearspan.console.trace;

import com.google.protobuf.ByteString;
import dev.clearspan.console.intake.SentSpan;
import dev.clearspan.console.intake.SpanGroup;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.TracesData;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What one batch says about one trace, the unit that is stored.
 *
 * @param failures failed calls among its spans
 * @param terms what it is found by, see {@link FragmentTerms}
 */
record Fragment(
    TraceId id,
    long startMicros,
    long endMicros,
    int spanCount,
    Set<Integer> terms,
    List<Failure> failures,
    Packed packed) {

  // H2 takes up to 1 MiB in one value.
  private static final int SPLIT_BYTES = 256 << 10;

  /** Sorts the spans of a batch by trace. */
  static List<Fragment> of(List<SpanGroup> batch, Packed.Packer packer) {
    Map<TraceId, Gathering> open = new LinkedHashMap<>();
    List<Fragment> done = new ArrayList<>();
    for (SpanGroup group : batch) {
      Resource resource = group.resource();
      Map<String, Object> attributes = AttributeText.map(resource.getAttributesList());
      for (SentSpan span : group.spans()) {
        TraceId id = TraceId.of(span.span().getTraceId());
        Gathering gathering = open.computeIfAbsent(id, Gathering::new);
        gathering.add(resource, attributes, span);
        if (gathering.bytes > SPLIT_BYTES) {
          done.add(open.remove(id).fragment(packer));
        }
      }
    }
    open.values().forEach(gathering -> done.add(gathering.fragment(packer)));
    return done;
  }

  /** The spans that stored bytes hold. */
  static List<ReadSpan> read(TracesData data) {
    List<ReadSpan> spans = new ArrayList<>();
    for (ResourceSpans resource : data.getResourceSpansList()) {
      Map<String, Object> attributes =
          AttributeText.map(resource.getResource().getAttributesList());
      resource.getScopeSpansList().stream()
          .flatMap(scope -> scope.getSpansList().stream())
          .forEach(span -> spans.add(ReadSpan.of(attributes, span)));
    }
    return spans;
  }

  private static final class Gathering {
    private final TraceId id;
    private final Map<Resource, List<ByteString>> resources = new HashMap<>();
    private final Set<Integer> terms = new LinkedHashSet<>();
    private final List<Failure> failures = new ArrayList<>();
    private long startMicros = Long.MAX_VALUE;
    private long endMicros;
    private int spanCount;
    private long bytes;

    Gathering(TraceId id) {
      this.id = id;
    }

    void add(Resource resource, Map<String, Object> attributes, SentSpan sent) {
      Span span = sent.span();
      List<ByteString> sameResource = resources.get(resource);
      if (sameResource == null) {
        sameResource = new ArrayList<>();
        resources.put(resource, sameResource);
        bytes += resource.getSerializedSize();
      }
      sameResource.add(sent.bytes());
      bytes += sent.bytes().size();
      spanCount++;
      SpanGist gist = SpanGist.of(ReadSpan.service(attributes), span);
      startMicros = Math.min(startMicros, gist.startMicros());
      endMicros = Math.max(endMicros, gist.endMicros());
      FragmentTerms.addTo(terms, gist);
      if (gist.failed()) {
        ReadSpan read = ReadSpan.of(attributes, span);
        if (read.isFailedCall()) {
          failures.add(FailureLog.failure(id, read));
        }
      }
    }

    Fragment fragment(Packed.Packer packer) {
      Packed packed = packer.pack(FragmentBytes.of(resources));
      return new Fragment(id, startMicros, endMicros, spanCount, terms, failures, packed);
    }
  }
}
