package dev.clearspan.examples.demo;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;

/** Tells people how far the start is. */
final class Progress {
  private final PrintStream out;
  private long origin = System.nanoTime();

  Progress(PrintStream out) {
    this.out = out;
  }

  void say(String text) {
    out.println(String.format(Locale.ROOT, "[%5.1f s] %s", elapsedMillis() / 1000.0, text));
  }

  /** Time since the start. */
  long elapsedMillis() {
    return Duration.ofNanos(System.nanoTime() - origin).toMillis();
  }

  /** Leaves out what took place so far: work that later starts will not do. */
  void restartClock() {
    origin = System.nanoTime();
  }
}
