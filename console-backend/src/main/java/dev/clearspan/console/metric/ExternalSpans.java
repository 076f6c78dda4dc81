package dev.clearspan.console.metric;

import dev.clearspan.console.intake.Batch;
import dev.clearspan.console.intake.SentSpan;
import dev.clearspan.console.intake.SpanBatch;
import dev.clearspan.console.intake.SpanGroup;
import dev.clearspan.console.intake.SpanSink;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status.StatusCode;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Looks at spans on their way to the store, for calls to databases, caches, queues and web servers,
 * by OpenTelemetry's conventions, those of before 1.26 too. Clearspan's own spans it passes by:
 * their calls are counted exactly. Thread-safe.
 */
public final class ExternalSpans implements SpanSink {
  /** The instrumentation scope of Clearspan's own spans. */
  private static final String OWN_SCOPE = "dev.clearspan";

  private static final Set<String> CACHES =
      Set.of("redis", "valkey", "memcached", "hazelcast", "infinispan", "ehcache", "aerospike");
  private static final Set<String> TOLD =
      Set.of(
          "db.system.name",
          "db.system",
          "db.namespace",
          "db.name",
          "messaging.system",
          "messaging.destination.name",
          "http.request.method",
          "http.method",
          "rpc.system.name",
          "rpc.system",
          "rpc.service",
          "server.address",
          "net.peer.name",
          "server.port",
          "net.peer.port");
  private static final double NANOS_PER_MILLI = 1e6;

  private final SpanSink sink;
  private final ExternalCalls calls;

  public ExternalSpans(SpanSink sink, ExternalCalls calls) {
    this.sink = sink;
    this.calls = calls;
  }

  @Override
  public boolean offer(Batch batch) {
    boolean taken = sink.offer(batch);
    if (taken && batch instanceof SpanBatch spans) {
      spans.groups().stream().filter(group -> !group.scope().equals(OWN_SCOPE)).forEach(this::look);
    }
    return taken;
  }

  private void look(SpanGroup group) {
    group.spans().stream()
        .map(SentSpan::span)
        .filter(ExternalSpans::isOfCaller)
        .forEach(span -> look(group.resource(), span));
  }

  private static boolean isOfCaller(Span span) {
    return switch (span.getKind()) {
      case SPAN_KIND_CLIENT, SPAN_KIND_PRODUCER, SPAN_KIND_CONSUMER -> true;
      default -> false;
    };
  }

  private void look(Resource resource, Span span) {
    peer(told(span))
        .ifPresent(
            peer -> {
              long nanos = Math.max(0, span.getEndTimeUnixNano() - span.getStartTimeUnixNano());
              calls.count(
                  service(resource),
                  peer,
                  (long) (span.getEndTimeUnixNano() / NANOS_PER_MILLI),
                  nanos / NANOS_PER_MILLI,
                  span.getStatus().getCode() == StatusCode.STATUS_CODE_ERROR);
            });
  }

  private static Map<String, String> told(Span span) {
    Map<String, String> told = new HashMap<>();
    for (KeyValue attribute : span.getAttributesList()) {
      if (TOLD.contains(attribute.getKey())) {
        told.put(attribute.getKey(), text(attribute));
      }
    }
    return told;
  }

  private static String text(KeyValue attribute) {
    return attribute.getValue().hasIntValue()
        ? String.valueOf(attribute.getValue().getIntValue())
        : attribute.getValue().getStringValue();
  }

  private static Optional<ExternalPeer> peer(Map<String, String> told) {
    String database = first(told, "db.system.name", "db.system");
    if (!database.isEmpty()) {
      String kind = CACHES.contains(database) ? "cache" : "database";
      return Optional.of(
          new ExternalPeer(kind, database, first(told, "db.namespace", "db.name"), address(told)));
    }
    String queue = first(told, "messaging.system");
    if (!queue.isEmpty()) {
      return Optional.of(
          new ExternalPeer(
              "queue", queue, first(told, "messaging.destination.name"), address(told)));
    }
    if (address(told).isEmpty()) {
      return Optional.empty();
    }
    if (!first(told, "http.request.method", "http.method").isEmpty()) {
      return Optional.of(new ExternalPeer("http", "http", "", address(told)));
    }
    String rpc = first(told, "rpc.system.name", "rpc.system");
    return rpc.isEmpty()
        ? Optional.empty()
        : Optional.of(new ExternalPeer("rpc", rpc, first(told, "rpc.service"), address(told)));
  }

  private static String address(Map<String, String> told) {
    String host = first(told, "server.address", "net.peer.name");
    String port = first(told, "server.port", "net.peer.port");
    return host.isEmpty() || port.isEmpty() ? host : host + ":" + port;
  }

  private static String first(Map<String, String> told, String... keys) {
    for (String key : keys) {
      String value = told.getOrDefault(key, "");
      if (!value.isEmpty()) {
        return value;
      }
    }
    return "";
  }

  private static String service(Resource resource) {
    for (KeyValue attribute : resource.getAttributesList()) {
      if (attribute.getKey().equals("service.name")) {
        return attribute.getValue().getStringValue();
      }
    }
    return "unknown_service";
  }

  @Override
  public int depth() {
    return sink.depth();
  }

  @Override
  public long lost() {
    return sink.lost();
  }

  @Override
  public double lostPerSecond() {
    return sink.lostPerSecond();
  }

  @Override
  public long lostLogs() {
    return sink.lostLogs();
  }
}
