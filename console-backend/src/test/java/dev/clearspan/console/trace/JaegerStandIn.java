package dev.clearspan.console.trace;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import dev.clearspan.console.remote.StandIn;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * In the place of a Jaeger, which cannot be had here: keeps spans in memory and answers by its
 * query API as published. It is stricter than Jaeger: what it does not know it refuses with 400.
 *
 * <p>Sources: the HTTP JSON API and its parameters as in Jaeger's documentation of its <a
 * href="https://www.jaegertracing.io/docs/latest/apis/">APIs</a>; the shape of a trace as in
 * jaeger-ui's {@code types/trace.tsx}; how OTLP becomes tags as in OpenTelemetry's <a
 * href="https://opentelemetry.io/docs/specs/otel/trace/sdk_exporters/jaeger/">specification</a> for
 * Jaeger.
 */
final class JaegerStandIn implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Set<String> PARAMETERS =
      Set.of("service", "operation", "tags", "start", "end", "limit", "minDuration", "maxDuration");
  private static final Pattern DURATION = Pattern.compile("(\\d+)(us|ms|s)");

  /** Spans by their trace, in Jaeger's JSON, each with its process within. */
  private final Map<String, ArrayNode> traces = new TreeMap<>();

  private final StandIn server = StandIn.start(this::answer);

  URI url() {
    return server.url();
  }

  /** Keeps what processes export to it. */
  synchronized void export(List<ResourceSpans> batch) {
    JaegerSpanJson.of(batch)
        .forEach(
            span ->
                traces
                    .computeIfAbsent(span.get("traceID").textValue(), id -> JSON.createArrayNode())
                    .add(span));
  }

  private synchronized void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    if (!exchange.getRequestMethod().equals("GET")) {
      refuse(exchange, 405, "method not allowed");
    } else if (path.equals("/api/services")) {
      data(exchange, services());
    } else if (path.equals("/api/traces")) {
      search(exchange);
    } else if (path.startsWith("/api/traces/")) {
      find(exchange, path.substring("/api/traces/".length()));
    } else {
      StandIn.send(exchange, 404, "text/plain; charset=utf-8", "404 page not found\n");
    }
  }

  private ArrayNode services() {
    Set<String> names = new TreeSet<>();
    traces.values().forEach(spans -> spans.forEach(span -> names.add(service(span))));
    ArrayNode list = JSON.createArrayNode();
    names.forEach(list::add);
    return list;
  }

  private void find(HttpExchange exchange, String id) throws IOException {
    ArrayNode spans = traces.get(id);
    if (spans == null) {
      refuse(exchange, 404, "trace not found");
    } else {
      data(exchange, JSON.createArrayNode().add(trace(id, spans)));
    }
  }

  private void search(HttpExchange exchange) throws IOException {
    Map<String, String> wanted = parameters(exchange);
    if (!PARAMETERS.containsAll(wanted.keySet())) {
      refuse(exchange, 400, "unknown parameter among " + wanted.keySet());
      return;
    }
    if (wanted.getOrDefault("service", "").isEmpty()) {
      refuse(exchange, 400, "parameter 'service' is required");
      return;
    }
    List<Map.Entry<String, ArrayNode>> found =
        traces.entrySet().stream()
            .filter(trace -> any(trace.getValue(), wanted))
            .sorted(Comparator.comparingLong(trace -> -start(trace.getValue())))
            .limit(Long.parseLong(wanted.getOrDefault("limit", "100")))
            .toList();
    ArrayNode list = JSON.createArrayNode();
    found.forEach(trace -> list.add(trace(trace.getKey(), trace.getValue())));
    data(exchange, list);
  }

  /** One span must meet all of it, as in Jaeger's stores. */
  private static boolean any(ArrayNode spans, Map<String, String> wanted) {
    return stream(spans).anyMatch(span -> meets(span, wanted));
  }

  private static boolean meets(JsonNode span, Map<String, String> wanted) {
    long start = span.get("startTime").longValue();
    long duration = span.get("duration").longValue();
    return service(span).equals(wanted.get("service"))
        && wanted
            .getOrDefault("operation", span.get("operationName").textValue())
            .equals(span.get("operationName").textValue())
        && start >= Long.parseLong(wanted.getOrDefault("start", "0"))
        && start <= Long.parseLong(wanted.getOrDefault("end", "" + Long.MAX_VALUE))
        && duration >= micros(wanted.getOrDefault("minDuration", "0us"))
        && duration <= micros(wanted.getOrDefault("maxDuration", "9000000000s"))
        && tags(wanted).properties().stream()
            .allMatch(tag -> hasTag(span, tag.getKey(), tag.getValue()));
  }

  private static JsonNode tags(Map<String, String> wanted) {
    try {
      return JSON.readTree(wanted.getOrDefault("tags", "{}"));
    } catch (IOException e) {
      throw new AssertionError("malformed 'tags' parameter: " + wanted.get("tags"), e);
    }
  }

  /** Tags are compared as text, and looked for on the span, on its process and in its logs. */
  private static boolean hasTag(JsonNode span, String key, JsonNode value) {
    if (!value.isTextual()) {
      throw new AssertionError("a tag that is no text: " + value);
    }
    List<JsonNode> lists =
        List.of(span.get("tags"), span.at("/process/tags"), span.at("/logs/0/fields"));
    return lists.stream()
        .flatMap(JaegerStandIn::stream)
        .anyMatch(
            tag ->
                tag.get("key").textValue().equals(key)
                    && tag.get("value").asText().equals(value.textValue()));
  }

  /** Processes apart from spans, as the API shows them. */
  private static ObjectNode trace(String id, ArrayNode spans) {
    ObjectNode processes = JSON.createObjectNode();
    ArrayNode shown = JSON.createArrayNode();
    for (JsonNode span : spans) {
      String process = "p" + (processes.size() + 1);
      for (Map.Entry<String, JsonNode> known : processes.properties()) {
        process = known.getValue().equals(span.get("process")) ? known.getKey() : process;
      }
      processes.set(process, span.get("process"));
      ObjectNode copy = span.deepCopy();
      copy.remove("process");
      shown.add(copy.put("processID", process).putNull("warnings"));
    }
    ObjectNode trace = JSON.createObjectNode().put("traceID", id);
    trace.set("spans", shown);
    trace.set("processes", processes);
    return trace.putNull("warnings");
  }

  private static void data(HttpExchange exchange, ArrayNode data) throws IOException {
    ObjectNode answer = JSON.createObjectNode();
    answer.set("data", data);
    answer.put("total", data.size()).put("limit", 0).put("offset", 0).putNull("errors");
    StandIn.send(exchange, 200, "application/json", answer.toString());
  }

  private static void refuse(HttpExchange exchange, int code, String words) throws IOException {
    ObjectNode answer = JSON.createObjectNode().putNull("data");
    answer.putArray("errors").addObject().put("code", code).put("msg", words);
    StandIn.send(exchange, code, "application/json", answer.toString());
  }

  private static Map<String, String> parameters(HttpExchange exchange) {
    Map<String, String> parameters = new TreeMap<>();
    String query = exchange.getRequestURI().getRawQuery();
    for (String pair : (query == null ? "" : query).split("&")) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        parameters.put(pair.substring(0, equals), decoded(pair.substring(equals + 1)));
      }
    }
    return parameters;
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  private static long micros(String duration) {
    Matcher parts = DURATION.matcher(duration);
    if (!parts.matches()) {
      throw new AssertionError("no duration of Go: " + duration);
    }
    long number = Long.parseLong(parts.group(1));
    return switch (parts.group(2)) {
      case "us" -> number;
      case "ms" -> TimeUnit.MILLISECONDS.toMicros(number);
      default -> TimeUnit.SECONDS.toMicros(number);
    };
  }

  private static String service(JsonNode span) {
    return span.at("/process/serviceName").textValue();
  }

  private static long start(ArrayNode spans) {
    return stream(spans).mapToLong(span -> span.get("startTime").longValue()).min().orElse(0);
  }

  private static Stream<JsonNode> stream(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false);
  }

  @Override
  public void close() {
    server.close();
  }
}
