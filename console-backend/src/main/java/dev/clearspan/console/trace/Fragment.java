package dev.clearspan.console.trace;

import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.TracesData;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
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
  static List<Fragment> of(List<ResourceSpans> batch, Packed.Packer packer) {
    Map<TraceId, Gathering> open = new LinkedHashMap<>();
    List<Fragment> done = new ArrayList<>();
    IdentityHashMap<Resource, Map<String, Object>> resources = new IdentityHashMap<>();
    ReadSpan.forEach(
        batch,
        (resource, span) -> {
          TraceId id = TraceId.of(span.getTraceId());
          Map<String, Object> attributes =
              resources.computeIfAbsent(resource, r -> AttributeText.map(r.getAttributesList()));
          Gathering gathering = open.computeIfAbsent(id, Gathering::new);
          gathering.add(resource, span, ReadSpan.of(attributes, span));
          if (gathering.bytes > SPLIT_BYTES) {
            done.add(open.remove(id).fragment(packer));
          }
        });
    open.values().forEach(gathering -> done.add(gathering.fragment(packer)));
    return done;
  }

  /** The spans that stored bytes hold. */
  static List<ReadSpan> read(TracesData data) {
    List<ReadSpan> spans = new ArrayList<>();
    for (ResourceSpans resource : data.getResourceSpansList()) {
      Map<String, Object> attributes =
          AttributeText.map(resource.getResource().getAttributesList());
      ReadSpan.forEach(List.of(resource), (r, span) -> spans.add(ReadSpan.of(attributes, span)));
    }
    return spans;
  }

  private static final class Gathering {
    private final TraceId id;
    private final Map<Resource, ResourceSpans.Builder> resources = new HashMap<>();
    private final Set<Integer> terms = new LinkedHashSet<>();
    private final List<Failure> failures = new ArrayList<>();
    private long startMicros = Long.MAX_VALUE;
    private long endMicros;
    private int spanCount;
    private long bytes;

    Gathering(TraceId id) {
      this.id = id;
    }

    void add(Resource resource, Span span, ReadSpan read) {
      ResourceSpans.Builder target =
          resources.computeIfAbsent(
              resource,
              r -> {
                bytes += r.getSerializedSize();
                ResourceSpans.Builder builder = ResourceSpans.newBuilder().setResource(r);
                builder.addScopeSpansBuilder();
                return builder;
              });
      target.getScopeSpansBuilder(0).addSpans(span);
      bytes += span.getSerializedSize();
      spanCount++;
      startMicros = Math.min(startMicros, read.startMicros());
      endMicros = Math.max(endMicros, read.endMicros());
      FragmentTerms.addTo(terms, read);
      if (read.isFailedCall()) {
        failures.add(FailureLog.failure(id, read));
      }
    }

    Fragment fragment(Packed.Packer packer) {
      TracesData.Builder data = TracesData.newBuilder();
      resources.values().forEach(data::addResourceSpans);
      return new Fragment(
          id, startMicros, endMicros, spanCount, terms, failures, packer.pack(data.build()));
    }
  }
}
