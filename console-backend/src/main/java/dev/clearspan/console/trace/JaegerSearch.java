package dev.clearspan.console.trace;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.clearspan.console.remote.RemoteException;
import dev.clearspan.console.remote.RemoteJson;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One search at Jaeger. Jaeger searches the spans of one service, so this asks service by service,
 * and tests what it gets by the rules of {@link TraceQuery}. For one thread.
 */
final class JaegerSearch {
  /** Services that one search asks about, and how long it begins new questions. */
  static final int MAX_SERVICES = 30;

  static final int MAX_TRACES = 100;
  static final Duration LOOKBACK = Duration.ofHours(48);
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final int FEWEST_ASKED = 20;

  /** Spans that one search holds; the answers of one question are bounded by their bytes. */
  private static final int MAX_SPANS = 100_000;

  /** A sender's clock may be ahead. */
  private static final Duration AHEAD = Duration.ofHours(1);

  private final RemoteJson jaeger;
  private final TraceQuery query;
  private final InstantSource clock;
  private final TraceMatch match;
  private final int asked;
  private final Map<TraceId, TraceAssembly> found = new LinkedHashMap<>();
  private int spans;
  private boolean cut;
  private @Nullable RemoteException failure;

  JaegerSearch(RemoteJson jaeger, TraceQuery query, InstantSource clock) {
    this.jaeger = jaeger;
    this.query = query;
    this.clock = clock;
    this.match = new TraceMatch(query);
    this.asked = Math.min(MAX_TRACES, Math.max(FEWEST_ASKED, 2 * query.limit()));
  }

  /**
   * Traces that match, in no order.
   *
   * @throws RemoteException if Jaeger answered no question; else what it did answer is found
   */
  Map<TraceId, TraceAssembly> run() {
    Instant end = clock.instant().plus(PATIENCE);
    int answered = 0;
    for (String service : services()) {
      if (clock.instant().isAfter(end) || spans > MAX_SPANS) {
        cut = true;
        break;
      }
      answered += ask(service) ? 1 : 0;
    }
    if (answered == 0 && failure != null) {
      throw failure;
    }
    return found;
  }

  /** Whether there may be more than was found. */
  boolean wasCut() {
    return cut;
  }

  /**
   * The one asked for first; the others may have called it, and been refused before it saw that.
   */
  private Set<String> services() {
    Set<String> services = new LinkedHashSet<>();
    if (query.service() != null) {
      services.add(query.service());
    }
    for (JsonNode name : data(jaeger.get("/api/services", Map.of()))) {
      if (services.size() >= MAX_SERVICES) {
        cut = true;
        break;
      }
      services.add(name.asText());
    }
    return services;
  }

  /** Whether it was answered: one service too large to be answered for hides no other. */
  private boolean ask(String service) {
    try {
      JsonNode traces = data(jaeger.get("/api/traces", parameters(service)));
      cut |= traces.size() >= asked;
      for (JsonNode trace : traces) {
        JaegerSpans.id(trace).ifPresent(id -> keep(id, JaegerSpans.assembly(id, trace)));
      }
      return true;
    } catch (RemoteException e) {
      failure = e;
      cut = true;
      return false;
    }
  }

  private void keep(TraceId id, TraceAssembly trace) {
    if (!trace.isEmpty() && match.matches(trace) && found.putIfAbsent(id, trace) == null) {
      spans += trace.size();
    }
  }

  /** A narrower question where Jaeger's own filters mean what ours do. */
  private Map<String, String> parameters(String service) {
    Map<String, String> parameters = new LinkedHashMap<>();
    parameters.put("service", service);
    parameters.put("limit", String.valueOf(asked));
    Instant from = Objects.requireNonNullElse(query.from(), clock.instant().minus(LOOKBACK));
    Instant to = Objects.requireNonNullElse(query.to(), clock.instant().plus(AHEAD));
    parameters.put("start", micros(from));
    parameters.put("end", micros(to));
    if (query.method() != null) {
      parameters.put("operation", query.method());
    }
    if (query.asksForCalls() && query.minDuration() != null) {
      parameters.put("minDuration", query.minDuration().toNanos() / 1_000 + "us");
    }
    if (query.asksForCalls() && query.maxDuration() != null) {
      parameters.put("maxDuration", query.maxDuration().toNanos() / 1_000 + "us");
    }
    ObjectNode tags = tags(service);
    if (!tags.isEmpty()) {
      parameters.put("tags", tags.toString());
    }
    return parameters;
  }

  private ObjectNode tags(String service) {
    ObjectNode tags = JsonNodeFactory.instance.objectNode();
    if (query.status() instanceof TraceQuery.StatusFilter.Failed) {
      tags.put("error", "true");
    }
    if (query.service() != null && !query.service().equals(service)) {
      tags.put("server.address", query.service());
    } else if (query.attribute() != null
        && query.asksForCalls()
        && !query.attribute().key().startsWith("service.")) {
      tags.put(query.attribute().key(), query.attribute().value());
    }
    return tags;
  }

  /** Jaeger says null where it has nothing. */
  private JsonNode data(JsonNode answer) {
    JsonNode data = answer.path("data");
    if (!data.isArray() && !data.isNull()) {
      throw jaeger.unexpected("data, a list");
    }
    return data;
  }

  private static String micros(Instant moment) {
    return String.valueOf(Math.max(0, ChronoUnit.MICROS.between(Instant.EPOCH, moment)));
  }

  /** Those that are listed: newest first, without those whose root may still come. */
  List<TraceAssembly> listed(long nowMicros, long settleMicros) {
    List<TraceAssembly> sorted = new ArrayList<>(found.values());
    sorted.removeIf(trace -> trace.isArriving(nowMicros, settleMicros));
    sorted.sort((a, b) -> Long.compare(b.startMicros(), a.startMicros()));
    return sorted;
  }
}
