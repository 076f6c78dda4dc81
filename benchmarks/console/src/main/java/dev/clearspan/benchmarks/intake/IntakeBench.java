package dev.clearspan.benchmarks.intake;

import dev.clearspan.benchmarks.console.Scratch;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** {@code bench intake}: spans stored a second, and how fast one trace is found among many. */
public final class IntakeBench {
  private IntakeBench() {}

  /** Prints the table; exits with 1 if something was lost or failed, with 2 on a bad option. */
  public static void main(String[] args) throws IOException {
    Locale.setDefault(Locale.ROOT);
    if (List.of(args).contains("--help")) {
      System.out.print(IntakeOptions.HELP);
      return;
    }
    try {
      System.exit(measured(IntakeOptions.parse(args)) ? 0 : 1);
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage());
      System.exit(2);
    }
  }

  private static boolean measured(IntakeOptions options) throws IOException {
    Path directory = Scratch.directory("bench-intake");
    System.out.printf(
        "JDK %s, %d CPUs%n%n", Runtime.version(), Runtime.getRuntime().availableProcessors());
    try {
      IntakeFigures figures = new IntakeRun(options, System.err).run(directory);
      System.out.print(figures.markdown());
      return figures.nothingLost();
    } catch (Exception e) {
      System.err.println("bench intake: " + e);
      return false;
    }
  }
}
