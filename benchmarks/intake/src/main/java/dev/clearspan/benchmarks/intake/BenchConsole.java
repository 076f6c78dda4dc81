package dev.clearspan.benchmarks.intake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.clearspan.console.Console;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/** A console as people run it, in a process of its own, with an empty directory. */
final class BenchConsole implements AutoCloseable {
  private static final Duration START_LIMIT = Duration.ofSeconds(60);
  private static final long FILE_CAP = 8L << 30;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http = HttpClient.newHttpClient();
  private final String token = UUID.randomUUID().toString();
  private final int port = freePort();
  private final int otlpPort = freePort();
  private final Path log;
  private final Process process;

  BenchConsole(Path directory) throws IOException, InterruptedException {
    log = directory.resolve("console.log");
    ProcessBuilder builder =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx1g",
                    "-cp",
                    System.getProperty("java.class.path"),
                    Console.class.getName(),
                    "--port",
                    Integer.toString(port),
                    "--otlp-port",
                    Integer.toString(otlpPort),
                    "--registry",
                    "http://127.0.0.1:" + freePort(),
                    "--data-dir",
                    directory.resolve("data").toString()))
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder.environment().put("CLEARSPAN_ADMIN_TOKEN", token);
    builder.environment().put("CLEARSPAN_TRACE_BYTES", Long.toString(FILE_CAP));
    process = builder.start();
    awaitStart();
  }

  /** Where OTLP goes. */
  URI traces() {
    return URI.create("http://127.0.0.1:" + otlpPort + "/v1/traces");
  }

  /** Its report on itself. */
  JsonNode system() throws IOException, InterruptedException {
    HttpResponse<String> answer = get("/api/v1/system");
    if (answer.statusCode() != 200) {
      throw failed("GET /api/v1/system: " + answer.statusCode());
    }
    return JSON.readTree(answer.body());
  }

  long storedSpans() throws IOException, InterruptedException {
    return system().at("/traceStore/spans").longValue();
  }

  /** How many spans it has of a trace; 0: it does not know it. */
  int spansOf(String trace) throws IOException, InterruptedException {
    HttpResponse<String> answer = get("/api/v1/traces/" + trace);
    return answer.statusCode() == 200 ? JSON.readTree(answer.body()).at("/spans").size() : 0;
  }

  /** User and system time since its start. */
  Duration cpu() {
    return process.info().totalCpuDuration().orElse(Duration.ZERO);
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return http.send(
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .header("Authorization", "Bearer " + token)
            .timeout(Duration.ofSeconds(30))
            .build(),
        BodyHandlers.ofString());
  }

  private void awaitStart() throws IOException, InterruptedException {
    long limit = System.nanoTime() + START_LIMIT.toNanos();
    while (true) {
      try {
        system();
        return;
      } catch (IOException e) {
        if (!process.isAlive() || System.nanoTime() > limit) {
          process.destroyForcibly();
          throw failed("it did not start: " + Files.readString(log));
        }
        TimeUnit.MILLISECONDS.sleep(100);
      }
    }
  }

  private static IllegalStateException failed(String why) {
    return new IllegalStateException("console: " + why);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
