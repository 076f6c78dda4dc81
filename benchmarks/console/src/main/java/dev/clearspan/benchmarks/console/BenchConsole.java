package dev.clearspan.benchmarks.console;

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
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A console as people run it, in a process of its own, with an empty directory. */
public final class BenchConsole implements AutoCloseable {
  private static final Duration START_LIMIT = Duration.ofSeconds(60);
  private static final long FILE_CAP = 8L << 30;
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern HEAP_USED = Pattern.compile("heap\\s+total \\d+K, used (\\d+)K");

  private final HttpClient http = HttpClient.newHttpClient();
  private final String token = UUID.randomUUID().toString();
  private final int port = freePort();
  private final int otlpPort = freePort();
  private final Path log;
  private final Process process;

  /** Starts one without a registry; returns when it answers. */
  public static BenchConsole alone(Path directory) throws IOException, InterruptedException {
    return new BenchConsole(directory, "http://127.0.0.1:" + freePort());
  }

  /** Starts one that follows this registry; returns when it answers. */
  public static BenchConsole following(String registry, Path directory)
      throws IOException, InterruptedException {
    return new BenchConsole(directory, registry);
  }

  private BenchConsole(Path directory, String registry) throws IOException, InterruptedException {
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
                    "--otlp-grpc-port",
                    "0",
                    "--registry",
                    registry,
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
  public URI traces() {
    return URI.create("http://127.0.0.1:" + otlpPort + "/v1/traces");
  }

  /** Its report on itself. */
  public JsonNode system() throws IOException, InterruptedException {
    return json("/api/v1/system");
  }

  /** Spans in its store. */
  public long storedSpans() throws IOException, InterruptedException {
    return system().at("/traceStore/spans").longValue();
  }

  /** How many spans it has of a trace; 0: it does not know it. */
  public int spansOf(String trace) throws IOException, InterruptedException {
    HttpResponse<String> answer = get("/api/v1/traces/" + trace);
    return answer.statusCode() == 200 ? JSON.readTree(answer.body()).at("/spans").size() : 0;
  }

  /** User and system time since its start. */
  public Duration cpu() {
    return process.info().totalCpuDuration().orElse(Duration.ZERO);
  }

  /** What {@code GET} of a path of the API answers. */
  public JsonNode json(String path) throws IOException, InterruptedException {
    HttpResponse<String> answer = get(path);
    if (answer.statusCode() != 200) {
      throw failed("GET " + path + ": " + answer.statusCode());
    }
    return JSON.readTree(answer.body());
  }

  /** A request to its API with a token that may all. */
  public HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
        .header("Authorization", "Bearer " + token);
  }

  /** Its live heap after a full collection, in bytes. */
  public long liveHeap() throws IOException, InterruptedException {
    jcmd("GC.run");
    String info = jcmd("GC.heap_info");
    Matcher used = HEAP_USED.matcher(info);
    if (!used.find()) {
      throw failed("jcmd GC.heap_info: " + info);
    }
    return Long.parseLong(used.group(1)) << 10;
  }

  private String jcmd(String command) throws IOException, InterruptedException {
    Process jcmd =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                Long.toString(process.pid()),
                command)
            .redirectErrorStream(true)
            .start();
    String said = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (jcmd.waitFor() != 0) {
      throw failed("jcmd " + command + ": " + said);
    }
    return said;
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return http.send(
        request(path).timeout(Duration.ofSeconds(30)).build(), BodyHandlers.ofString());
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
