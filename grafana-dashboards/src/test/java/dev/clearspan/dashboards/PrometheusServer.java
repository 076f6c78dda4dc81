package dev.clearspan.dashboards;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A real Prometheus with the shipped configuration, scraping faster and finding its targets here.
 */
final class PrometheusServer implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http = HttpClient.newHttpClient();
  private final Process process;
  private final String base;

  private PrometheusServer(Process process, int port) {
    this.process = process;
    this.base = "http://127.0.0.1:" + port;
  }

  /** Starts it in the folder; {@code targetsUrl} stands in for the console. */
  static PrometheusServer start(Path folder, String targetsUrl) throws IOException {
    String config =
        Files.readString(Path.of("prometheus/prometheus.yml"))
            .replace("http://127.0.0.1:8080/api/v1/prometheus/targets", targetsUrl)
            .replace("interval: 5s", "interval: 1s")
            .replace("scrape_timeout: 4s", "scrape_timeout: 1s");
    Files.writeString(folder.resolve("prometheus.yml"), config);
    int port = freePort();
    Process process =
        new ProcessBuilder(
                Tool.prometheus().toString(),
                "--config.file=" + folder.resolve("prometheus.yml"),
                "--storage.tsdb.path=" + folder.resolve("data"),
                "--web.listen-address=127.0.0.1:" + port)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("prometheus.log").toFile())
            .start();
    PrometheusServer server = new PrometheusServer(process, port);
    await().atMost(Duration.ofSeconds(30)).ignoreExceptions().until(server::isReady);
    return server;
  }

  /**
   * When the newest scrape of this target was, in milliseconds since 1970; 0: it failed, or there
   * was none. A scrape that failed has a time, too, but no counts.
   */
  long scrapedAtMillis(String job, String instance) {
    String up = "up{job=\"%s\",instance=\"%s\"}".formatted(job, instance);
    Map<Map<String, String>, Double> times = query("timestamp(%1$s) and %1$s == 1".formatted(up));
    return times.values().stream().mapToLong(seconds -> Math.round(seconds * 1_000)).sum();
  }

  /** Result of a query now: labels and value of each series. */
  Map<Map<String, String>, Double> query(String expr) {
    return answer(expr, "");
  }

  /** Result of a query at a moment, in milliseconds since 1970. */
  Map<Map<String, String>, Double> queryAt(String expr, long millis) {
    return answer(expr, "&time=" + millis / 1_000.0);
  }

  private Map<Map<String, String>, Double> answer(String expr, String time) {
    JsonNode answer = get("/api/v1/query?query=" + encode(expr) + time);
    if (!answer.path("status").asText().equals("success")) {
      throw new AssertionError(expr + ": " + answer);
    }
    Map<Map<String, String>, Double> series = new LinkedHashMap<>();
    for (JsonNode sample : answer.at("/data/result")) {
      Map<String, String> labels = new HashMap<>();
      sample
          .get("metric")
          .properties()
          .forEach(label -> labels.put(label.getKey(), label.getValue().asText()));
      series.put(labels, number(sample.get("value").get(1).asText()));
    }
    return series;
  }

  @Override
  public void close() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(10, TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
  }

  private boolean isReady() throws IOException, InterruptedException {
    return http.send(
                HttpRequest.newBuilder(URI.create(base + "/-/ready")).build(),
                HttpResponse.BodyHandlers.discarding())
            .statusCode()
        == 200;
  }

  private JsonNode get(String path) {
    try {
      return JSON.readTree(
          http.send(
                  HttpRequest.newBuilder(URI.create(base + path)).build(),
                  HttpResponse.BodyHandlers.ofString())
              .body());
    } catch (IOException e) {
      throw new AssertionError(path + " failed", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(path + " was interrupted", e);
    }
  }

  private static double number(String text) {
    return switch (text) {
      case "NaN" -> Double.NaN;
      case "+Inf" -> Double.POSITIVE_INFINITY;
      default -> Double.parseDouble(text);
    };
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
