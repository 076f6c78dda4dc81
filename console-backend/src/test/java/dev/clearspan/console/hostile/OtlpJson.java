package dev.clearspan.console.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Sends spans as OTLP's JSON. */
final class OtlpJson {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http = HttpClient.newHttpClient();
  private final URI traces;

  OtlpJson(int port) {
    traces = URI.create("http://127.0.0.1:" + port + "/v1/traces");
  }

  /** A failed call of which every text is the same. */
  void sendFailedCall(String trace, String text) {
    long now = Instant.now().toEpochMilli() * 1_000_000;
    Map<String, Object> span =
        Map.of(
            "traceId",
            trace,
            "spanId",
            trace.substring(16),
            "name",
            text,
            "kind",
            2,
            "startTimeUnixNano",
            Long.toString(now),
            "endTimeUnixNano",
            Long.toString(now + 1_000_000),
            "status",
            Map.of("code", 2, "message", text),
            "attributes",
            List.of(attribute("text", text), attribute(text, "value")),
            "events",
            List.of(
                Map.of(
                    "name",
                    text,
                    "timeUnixNano",
                    Long.toString(now),
                    "attributes",
                    List.of(attribute("exception.message", text)))));
    send(
        Map.of(
            "resourceSpans",
            List.of(
                Map.of(
                    "resource",
                    Map.of("attributes", List.of(attribute("service.name", text))),
                    "scopeSpans",
                    List.of(Map.of("spans", List.of(span)))))));
  }

  private static Map<String, Object> attribute(String key, String value) {
    return Map.of("key", key, "value", Map.of("stringValue", value));
  }

  private void send(Object request) {
    try {
      HttpResponse<String> answer =
          http.send(
              HttpRequest.newBuilder(traces)
                  .header("Content-Type", "application/json")
                  .POST(BodyPublishers.ofByteArray(JSON.writeValueAsBytes(request)))
                  .build(),
              BodyHandlers.ofString());
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }
}
