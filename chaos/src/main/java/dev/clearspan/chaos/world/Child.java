package dev.clearspan.chaos.world;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A small JVM with our class path. It ends with this process: its standard input is the tether. Not
 * thread-safe.
 */
final class Child implements AutoCloseable {
  private static final int ASKS_FOR_NATIVE_ACCESS = 24;
  private static final long STOP_LIMIT_SECONDS = 40;

  private final Process process;
  private final BufferedReader output;

  private Child(Process process) {
    this.process = process;
    output =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  /** Starts a main class with these settings and arguments. */
  static Child start(Class<?> main, Place place, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx128m"));
    if (Runtime.version().feature() >= ASKS_FOR_NATIVE_ACCESS) {
      command.add("--enable-native-access=ALL-UNNAMED");
      command.add("--sun-misc-unsafe-memory-access=allow");
    }
    command.add("-Dclearspan.env=" + place.env());
    command.add("-Dclearspan.snapshot.dir=" + place.snapshots());
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(List.of(arguments));
    try {
      return new Child(new ProcessBuilder(command).redirectError(Redirect.DISCARD).start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The rest of the first line that begins with the word; waits for it.
   *
   * @throws IllegalStateException if the process ends without it
   */
  String said(String word) {
    try {
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        if (line.startsWith(word + " ")) {
          return line.substring(word.length() + 1);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    throw new IllegalStateException("a process ended without saying '" + word + "'");
  }

  /** SIGTERM; returns when the process has ended. */
  void stop() throws InterruptedException {
    // Process.destroy() would cut the tether as well.
    boolean unused = process.toHandle().destroy();
    if (!process.waitFor(STOP_LIMIT_SECONDS, TimeUnit.SECONDS)) {
      throw new IllegalStateException(
          "a server had SIGTERM and is still there after " + STOP_LIMIT_SECONDS + " s");
    }
  }

  /** SIGKILL. */
  void kill() {
    var unused = process.destroyForcibly();
  }

  /** Sends SIGSTOP, SIGCONT, ... */
  void signal(String name) throws InterruptedException {
    Signals.send(name, process.pid());
  }

  @Override
  public void close() {
    kill();
  }
}
