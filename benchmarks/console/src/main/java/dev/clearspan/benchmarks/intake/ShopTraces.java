package dev.clearspan.benchmarks.intake;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The spans of a shop, numbered: each trace goes through {@value #SERVICES} services, each of which
 * tells of its part, a call taken and a call made, in an export of its own of {@value
 * #TRACES_PER_EXPORT} traces. Export {@code n} is a function of {@code n} alone. Thread-safe.
 */
final class ShopTraces {
  static final int SERVICES = 4;
  static final int TRACES_PER_EXPORT = 256;
  static final int SPANS_PER_SERVICE = 2;
  static final int SPANS_PER_EXPORT = TRACES_PER_EXPORT * SPANS_PER_SERVICE;
  static final int SPANS_PER_TRACE = SERVICES * SPANS_PER_SERVICE;

  private static final List<String> NAMES = List.of("storefront", "orders", "payments", "ledger");
  private static final int ID_BYTES = 16;

  /** Where an id is to be written: nothing else in an export begins with these eight bytes. */
  private static final long MARK = 0xc1ea_5fa2_0b5e_77edL;

  private final List<Template> templates = new ArrayList<>();

  /** An export with marks for ids. */
  private record Template(byte[] bytes, int[] offsets, int[] traces) {}

  ShopTraces() {
    for (int service = 0; service < SERVICES; service++) {
      templates.add(template(service));
    }
  }

  /** The body of an export request. */
  byte[] export(long number) {
    Template template = templates.get((int) (number % SERVICES));
    byte[] body = template.bytes.clone();
    ByteBuffer buffer = ByteBuffer.wrap(body);
    long firstTrace = number / SERVICES * TRACES_PER_EXPORT;
    for (int i = 0; i < template.offsets.length; i++) {
      long trace = firstTrace + template.traces[i];
      buffer.putLong(template.offsets[i], high(trace));
      buffer.putLong(template.offsets[i] + Long.BYTES, low(trace));
    }
    return body;
  }

  /** The id of a trace, 32 hexadecimal digits. */
  static String id(long trace) {
    return "%016x%016x".formatted(high(trace), low(trace));
  }

  private static long high(long trace) {
    return 0x6a00_0000_0000_0000L + trace;
  }

  /** As random as ids are; a bijection: the finalizer of SplitMix64 (Steele et al., 2014). */
  private static long low(long trace) {
    long z = (trace + 1) * 0x9e37_79b9_7f4a_7c15L;
    z = (z ^ (z >>> 30)) * 0xbf58_476d_1ce4_e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d0_49bb_1331_11ebL;
    return z ^ (z >>> 31);
  }

  private static Template template(int service) {
    ScopeSpans.Builder scope =
        ScopeSpans.newBuilder().setScope(InstrumentationScope.newBuilder().setName("clearspan"));
    for (int trace = 0; trace < TRACES_PER_EXPORT; trace++) {
      scope.addSpans(span(service, trace, Span.SpanKind.SPAN_KIND_SERVER));
      scope.addSpans(span(service, trace, Span.SpanKind.SPAN_KIND_CLIENT));
    }
    ResourceSpans spans =
        ResourceSpans.newBuilder().setResource(resource(service)).addScopeSpans(scope).build();
    byte[] bytes =
        ExportTraceServiceRequest.newBuilder().addResourceSpans(spans).build().toByteArray();
    return new Template(bytes, offsets(bytes), traces(bytes));
  }

  private static int[] offsets(byte[] bytes) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    int[] offsets = new int[SPANS_PER_EXPORT];
    int found = 0;
    for (int at = 0; at <= bytes.length - ID_BYTES; at++) {
      if (buffer.getLong(at) == MARK) {
        offsets[found++] = at;
      }
    }
    if (found != SPANS_PER_EXPORT) {
      throw new IllegalStateException(found + " ids (expected: " + SPANS_PER_EXPORT + ")");
    }
    return offsets;
  }

  private static int[] traces(byte[] bytes) {
    int[] offsets = offsets(bytes);
    int[] traces = new int[offsets.length];
    for (int i = 0; i < offsets.length; i++) {
      traces[i] = (int) ByteBuffer.wrap(bytes).getLong(offsets[i] + Long.BYTES);
    }
    return traces;
  }

  private static Resource resource(int service) {
    String name = NAMES.get(service);
    return Resource.newBuilder()
        .addAttributes(text("service.name", name))
        .addAttributes(text("service.instance.id", name + "-1"))
        .addAttributes(text("service.version", "1.4.2"))
        .addAttributes(text("host.name", "bench"))
        .addAttributes(number("process.pid", 4711 + service))
        .build();
  }

  private static Span span(int service, int trace, Span.SpanKind kind) {
    boolean server = kind == Span.SpanKind.SPAN_KIND_SERVER;
    int position = 2 * service + (server ? 0 : 1);
    long start =
        TimeUnit.SECONDS.toNanos(Instant.now().getEpochSecond())
            + TimeUnit.MICROSECONDS.toNanos(37L * trace + 211L * position);
    Span.Builder span =
        Span.newBuilder()
            .setTraceId(
                ByteString.copyFrom(
                    ByteBuffer.allocate(ID_BYTES).putLong(MARK).putLong(trace).flip()))
            .setSpanId(spanId(position))
            .setName("shop." + NAMES.get(service) + "/Place")
            .setKind(kind)
            .setStartTimeUnixNano(start)
            .setEndTimeUnixNano(start + 3_000_000 - 250_000L * position + 1_000L * trace)
            .addAttributes(text("rpc.system.name", "clearspan"))
            .addAttributes(text("rpc.method", "shop." + NAMES.get(service) + "/Place"))
            .addAttributes(text("rpc.response.status_code", "OK"))
            .addAttributes(text("network.peer.address", "127.0.0.1"))
            .addAttributes(number("network.peer.port", 40_000L + trace))
            .addAttributes(text(server ? "clearspan.caller" : "clearspan.peer.instance", "orders"))
            .addAttributes(number("clearspan.queue_us", 12L + trace % 50))
            .addAttributes(text("order.id", "A-" + 100_000 * service + trace));
    if (position > 0) {
      span.setParentSpanId(spanId(position - 1));
    }
    return span.build();
  }

  private static ByteString spanId(int position) {
    return ByteString.copyFrom(ByteBuffer.allocate(Long.BYTES).putLong(position + 1L).flip());
  }

  private static KeyValue text(String key, String value) {
    return attribute(key, AnyValue.newBuilder().setStringValue(value));
  }

  private static KeyValue number(String key, long value) {
    return attribute(key, AnyValue.newBuilder().setIntValue(value));
  }

  private static KeyValue attribute(String key, AnyValue.Builder value) {
    return KeyValue.newBuilder().setKey(key).setValue(value).build();
  }
}
