package dev.clearspan.benchmarks.intake;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

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
    Path directory = Files.createTempDirectory("bench-intake");
    Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(directory)));
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

  private static void delete(Path directory) {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      System.err.println("left behind: " + directory + " (" + e.getMessage() + ")");
    }
  }
}
