package dev.clearspan.etcd.embedded;

import dev.clearspan.etcd.EtcdServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** The registry as {@code clearspan registry} runs it: a process of its own. */
final class EmbeddedProcess implements EtcdServer {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Path directory;
  private final int port;
  private Process process;

  private EmbeddedProcess(Path directory, int port) throws IOException {
    this.directory = directory;
    this.port = port;
    process = launch();
  }

  /** Starts one and returns when it answers. */
  static EmbeddedProcess start() {
    try {
      EmbeddedProcess started =
          new EmbeddedProcess(Files.createTempDirectory("registry-test"), Ports.free());
      started.awaitReady();
      return started;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String endpoint() {
    return "http://127.0.0.1:" + port;
  }

  @Override
  public void kill() {
    process.destroyForcibly();
    awaitExit();
  }

  /** SIGTERM; returns the exit code. */
  int terminate() {
    process.destroy();
    awaitExit();
    return process.exitValue();
  }

  @Override
  public void restart() {
    try {
      process = launch();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void freeze() {
    signal("STOP");
  }

  @Override
  public void thaw() {
    signal("CONT");
  }

  @Override
  public void awaitReady() {
    Awaitility.await("the registry listens; its log: " + directory.resolve("log"))
        .atMost(PATIENCE)
        .until(() -> !process.isAlive() || accepts());
    if (!process.isAlive()) {
      throw new AssertionError("the registry has ended: " + log());
    }
  }

  String log() {
    try {
      return Files.readString(directory.resolve("log"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
    awaitExit();
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Runs the registry's main class with these arguments in a JVM of its own. */
  static ProcessBuilder command(String... arguments) {
    List<String> java =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Xmx384m",
            "-cp",
            System.getProperty("java.class.path"),
            RegistryMain.class.getName());
    return new ProcessBuilder(Stream.concat(java.stream(), Stream.of(arguments)).toList())
        .redirectErrorStream(true);
  }

  /** Runs a program to its end, and returns what it prints. */
  static String output(ProcessBuilder program) {
    try {
      Process run = program.redirectErrorStream(true).start();
      String printed = new String(run.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return printed + "exit code " + run.waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  private Process launch() throws IOException {
    return command("--port", String.valueOf(port), "--data", directory.resolve("data").toString())
        .redirectOutput(ProcessBuilder.Redirect.appendTo(directory.resolve("log").toFile()))
        .start();
  }

  private boolean accepts() {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_000);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private void signal(String name) {
    String said = output(new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid())));
    if (!said.equals("exit code 0")) {
      throw new AssertionError(said);
    }
  }

  private void awaitExit() {
    try {
      if (!process.waitFor(30, TimeUnit.SECONDS)) {
        throw new AssertionError("the registry does not end; its log: " + log());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
