package dev.clearspan.examples.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A process we started. It runs in a session of its own, so that Ctrl-C reaches the supervisor
 * only, which then ends its children in order. Its standard input is a pipe whose end tells it that
 * we are gone.
 */
final class Child {
  private static final int LOG_TAIL_LINES = 15;
  private static final int SIGNAL_BASE = 128;

  private final ChildSpec spec;
  private final Process process;
  private volatile boolean stopping;

  private Child(ChildSpec spec, Process process) {
    this.spec = spec;
    this.process = process;
  }

  /**
   * Starts the process.
   *
   * @param onDeath hears of its end, unless we ended it
   */
  static Child start(ChildSpec spec, Consumer<Child> onDeath) {
    List<String> command = new ArrayList<>(List.of("setsid"));
    command.addAll(spec.command());
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(spec.environment());
    builder.redirectErrorStream(true);
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(spec.log().toFile()));
    try {
      Child child = new Child(spec, builder.start());
      child.process.onExit().thenAccept(ended -> child.ended(onDeath));
      return child;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start " + spec.name() + ": " + e.getMessage(), e);
    }
  }

  private void ended(Consumer<Child> onDeath) {
    if (!stopping) {
      onDeath.accept(this);
    }
  }

  String name() {
    return spec.name();
  }

  ChildSpec spec() {
    return spec;
  }

  long pid() {
    return process.pid();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** How it ended, in words. */
  String epitaph() {
    int code = process.exitValue();
    return code > SIGNAL_BASE
        ? "killed by signal " + (code - SIGNAL_BASE)
        : "ended with exit code " + code;
  }

  /** The last lines of its log, for error messages. */
  String logTail() {
    try {
      List<String> lines = Files.readAllLines(spec.log(), StandardCharsets.UTF_8);
      return String.join(
          "\n", lines.subList(Math.max(0, lines.size() - LOG_TAIL_LINES), lines.size()));
    } catch (IOException e) {
      return "(" + spec.log() + " is not readable: " + e.getMessage() + ")";
    }
  }

  /** Asks it to end; it drains. */
  void terminate() {
    stopping = true;
    process.destroy();
  }

  /** Waits for its end, and kills it if that takes too long. */
  void awaitEnd(Duration patience) throws InterruptedException {
    stopping = true;
    if (!process.waitFor(patience.toNanos(), TimeUnit.NANOSECONDS)) {
      process.destroyForcibly();
      process.waitFor();
    }
  }

  /** SIGKILL: it has no chance to say goodbye. */
  void kill() {
    process.destroyForcibly();
  }
}
