package dev.clearspan.examples.demo;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;

/** Looks into the registry through plain HTTP: what is registered, seen without our own client. */
final class Registered {
  private static final Duration TIMEOUT = Duration.ofSeconds(2);

  private final HttpClient http = HttpClient.newHttpClient();
  private final ObjectMapper json = new ObjectMapper();
  private final DemoRegistry registry;
  private final URI address;

  Registered(DemoRegistry registry, URI address) {
    this.registry = registry;
    this.address = address;
  }

  /** Whether it answers, and an etcd has a leader. */
  boolean isHealthy() throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(address.resolve(registry.healthPath())).timeout(TIMEOUT).build();
    return http.send(request, BodyHandlers.discarding()).statusCode() == 200;
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
        HttpRequest.newBuilder(address.resolve(registry.rangePath()))
            .timeout(TIMEOUT)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(range))
            .build();
    String body = http.send(request, BodyHandlers.ofString()).body();
    return json.readTree(body).path("count").asInt() > 0;
  }
}
