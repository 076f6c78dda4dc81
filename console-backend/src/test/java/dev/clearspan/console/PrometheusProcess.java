package dev.clearspan.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A real Prometheus, with history from a file or scraping. */
public final class PrometheusProcess implements AutoCloseable {
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final Path folder;
  private final List<String> options;
  private final int port;
  private Process process;

  private PrometheusProcess(Path folder, List<String> options) throws IOException {
    this.folder = folder;
    this.options = options;
    this.port = freePort();
    this.process = launch();
  }

  /** One that has scraped this page of OpenMetrics with timestamps, and scrapes nothing more. */
  public static PrometheusProcess remembering(Path folder, String openMetrics)
      throws IOException, InterruptedException {
    Path page = Files.writeString(folder.resolve("history.txt"), openMetrics);
    Path data = folder.resolve("data");
    Process promtool =
        new ProcessBuilder(
                installed("/usr/bin/promtool"),
                "tsdb",
                "create-blocks-from",
                "openmetrics",
                page.toString(),
                data.toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(promtool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(promtool.waitFor()).as(said).isZero();
    return start(folder, "");
  }

  /** One that scrapes every second what the URL lists (http_sd). */
  static PrometheusProcess scraping(Path folder, URI targets) throws IOException {
    return start(
        folder,
        """
        global: {scrape_interval: 1s, scrape_timeout: 1s}
        scrape_configs:
          - job_name: clearspan
            http_sd_configs: [{url: "%s", refresh_interval: 1s}]
        """
            .formatted(targets));
  }

  private static PrometheusProcess start(Path folder, String config) throws IOException {
    Files.writeString(folder.resolve("prometheus.yml"), config);
    return new PrometheusProcess(
        folder,
        List.of(
            "--config.file=" + folder.resolve("prometheus.yml"),
            "--storage.tsdb.path=" + folder.resolve("data"),
            "--storage.tsdb.retention.time=100y"));
  }

  /** Where it is; the same after a restart. */
  public URI url() {
    return URI.create("http://127.0.0.1:" + port);
  }

  /** How many series a selector finds now. */
  int count(String selector) throws IOException, InterruptedException {
    String query = URLEncoder.encode(selector, StandardCharsets.UTF_8);
    HttpRequest request =
        HttpRequest.newBuilder(url().resolve("/api/v1/query?query=" + query)).build();
    String answer = HTTP.send(request, BodyHandlers.ofString()).body();
    return new ObjectMapper().readTree(answer).at("/data/result").size();
  }

  void stop() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(10, TimeUnit.SECONDS)) {
      process.destroyForcibly().waitFor();
    }
  }

  void startAgain() throws IOException {
    process = launch();
  }

  @Override
  public void close() throws InterruptedException {
    stop();
  }

  private Process launch() throws IOException {
    List<String> command = new ArrayList<>(List.of(installed("/usr/bin/prometheus")));
    command.addAll(options);
    command.add("--web.listen-address=127.0.0.1:" + port);
    Process launched =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(
                ProcessBuilder.Redirect.appendTo(folder.resolve("prometheus.log").toFile()))
            .start();
    await().atMost(Duration.ofSeconds(30)).ignoreExceptions().until(this::isReady);
    return launched;
  }

  private boolean isReady() throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(url().resolve("/-/ready")).build();
    return HTTP.send(request, BodyHandlers.discarding()).statusCode() == 200;
  }

  private static String installed(String path) {
    assertThat(Files.isExecutable(Path.of(path)))
        .as("%s is missing; install it with: apt-get install prometheus", path)
        .isTrue();
    return path;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
