package dev.clearspan.console;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A console in a process of its own, which can be killed. */
final class ConsoleProcess implements AutoCloseable {
  private final Process process;
  private final Client admin;
  private final Path log;

  private ConsoleProcess(Process process, URI url, Path log) {
    this.process = process;
    this.admin = new Client(url).withBearer(TestConsole.ADMIN_TOKEN);
    this.log = log;
  }

  /** Starts one on this data; returns when it has read the registry. */
  static ConsoleProcess start(String env, Path directory) {
    int port = freePort();
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            Console.class.getName(),
            "--port",
            Integer.toString(port),
            "--otlp-port",
            "0",
            "--registry",
            SharedEtcd.etcd().endpoint(),
            "--env",
            env,
            "--data-dir",
            directory.toString());
    builder.environment().put("CLEARSPAN_ADMIN_TOKEN", TestConsole.ADMIN_TOKEN);
    Path log = directory.resolveSibling("console.log");
    builder.redirectOutput(log.toFile());
    builder.redirectErrorStream(true);
    try {
      ConsoleProcess started =
          new ConsoleProcess(builder.start(), URI.create("http://127.0.0.1:" + port), log);
      await().until(started::hasRegistry);
      return started;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private boolean hasRegistry() throws IOException {
    if (!process.isAlive()) {
      throw new AssertionError(
          "the console has ended: " + process.exitValue() + "\n" + Files.readString(log));
    }
    try {
      return admin().get("/api/v1/system").body().at("/registry/connected").booleanValue();
    } catch (UncheckedIOException e) {
      return false;
    }
  }

  Client admin() {
    return admin;
  }

  /** SIGKILL; returns when it is gone. */
  @Override
  public void close() {
    process.destroyForcibly();
    try {
      if (!process.waitFor(60, TimeUnit.SECONDS)) {
        throw new AssertionError("a killed console is still there");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }
}
