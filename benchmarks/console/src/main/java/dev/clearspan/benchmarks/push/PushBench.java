package dev.clearspan.benchmarks.push;

import dev.clearspan.benchmarks.console.Scratch;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** {@code bench push}: how fast a change in etcd reaches those who listen at the console. */
public final class PushBench {
  private PushBench() {}

  /** Prints the table; exits with 1 if a change was not heard, with 2 on a bad option. */
  public static void main(String[] args) throws Exception {
    Locale.setDefault(Locale.ROOT);
    if (List.of(args).contains("--help")) {
      System.out.print(PushOptions.HELP);
      return;
    }
    try {
      System.exit(measured(PushOptions.parse(args)) ? 0 : 1);
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage());
      System.exit(2);
    }
  }

  private static boolean measured(PushOptions options) throws Exception {
    Path directory = Scratch.directory("bench-push");
    System.out.printf(
        "JDK %s, %d CPUs%n%n", Runtime.version(), Runtime.getRuntime().availableProcessors());
    try {
      PushFigures figures = new PushRun(options, System.err).run(directory);
      System.out.print(figures.markdown());
      return figures.allHeard();
    } catch (Exception | AssertionError e) {
      System.err.println("bench push: " + e);
      return false;
    }
  }
}
