package dev.clearspan.examples.demo;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;

/** Looks into etcd through its JSON gateway: what is registered, seen without our own code. */
final class Registered {
  private static final Duration TIMEOUT = Duration.ofSeconds(2);

  private final HttpClient http = HttpClient.newHttpClient();
  private final ObjectMapper json = new ObjectMapper();
  private final URI etcd;

  Registered(URI etcd) {
    this.etcd = etcd;
  }

  /** Whether etcd answers and has a leader. */
  boolean isHealthy() throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(etcd.resolve("/health")).timeout(TIMEOUT).build();
    HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
    return response.statusCode() == 200
        && json.readTree(response.body()).path("health").asBoolean();
  }

  /** Whether the instance's key is there. */
  boolean contains(String service, String instance) throws IOException, InterruptedException {
    String key = "/clearspan/v1/demo/svc/" + service + "/inst/" + instance;
    String range =
        json.writeValueAsString(
            Map.of(
                "key",
                Base64.getEncoder().encodeToString(key.getBytes(StandardCharsets.UTF_8)),
                "count_only",
                true));
    HttpRequest request =
        HttpRequest.newBuilder(etcd.resolve("/v3/kv/range"))
            .timeout(TIMEOUT)
            .POST(BodyPublishers.ofString(range))
            .build();
    String body = http.send(request, BodyHandlers.ofString()).body();
    return json.readTree(body).path("count").asInt() > 0;
  }
}
