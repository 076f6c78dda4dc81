package dev.clearspan.simulate;

import dev.clearspan.simulate.chart.RunChart;
import dev.clearspan.simulate.scenario.Play;
import dev.clearspan.simulate.scenario.Scenario;
import dev.clearspan.simulate.scenario.Scenarios;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** {@code clearspan simulate}: plays scenarios, says whether their targets were met, and draws. */
public final class Simulate {
  private static final int MISSED = 1;
  private static final int WRONG_USE = 2;

  private final SimulateOptions options;
  private final PrintStream out;
  private final PrintStream progress;

  Simulate(SimulateOptions options, PrintStream out, PrintStream progress) {
    this.options = options;
    this.out = out;
    this.progress = progress;
  }

  /** Ends with 0 if all targets were met, 1 if one was missed, 2 on wrong use. */
  public static void main(String[] arguments) {
    System.exit(run(System.out, System.err, arguments));
  }

  static int run(PrintStream out, PrintStream progress, String... arguments) {
    try {
      return new Simulate(SimulateOptions.of(arguments), out, progress).run();
    } catch (IllegalArgumentException e) {
      progress.println("simulate: " + e.getMessage() + ". See clearspan simulate --help.");
      return WRONG_USE;
    } catch (UncheckedIOException e) {
      progress.println("simulate: " + e.getMessage());
      return MISSED;
    }
  }

  private int run() {
    if (options.list()) {
      Scenarios.all().forEach(this::name);
      return 0;
    }
    ResultTable table = new ResultTable();
    List<Scenario> missed = new ArrayList<>();
    for (Scenario scenario : options.scenarios()) {
      Play play = play(scenario);
      table.add(scenario, play);
      draw(scenario, play);
      if (!play.isMet()) {
        missed.add(scenario);
      }
    }
    table.print(out);
    out.println("charts: " + options.out());
    missed.forEach(
        scenario -> out.println("MISSED, to play again: " + options.commandOf(scenario)));
    return missed.isEmpty() ? 0 : MISSED;
  }

  private void name(Scenario scenario) {
    out.printf(
        Locale.ROOT,
        "%-16s %s (%,d clients, %,d servers)%n",
        scenario.name(),
        scenario.sentence(),
        options.sizeOf(scenario).clients(),
        options.sizeOf(scenario).servers());
  }

  private Play play(Scenario scenario) {
    long began = System.nanoTime();
    Play play =
        scenario.play(
            options.sizeOf(scenario),
            options.seed(),
            (second, seconds) -> passed(scenario, second, seconds));
    double took = (System.nanoTime() - began) / 1e9;
    progress.printf(
        Locale.ROOT, "\r%-16s %,d events in %.1f s%n", scenario.name(), play.events(), took);
    return play;
  }

  private void passed(Scenario scenario, int second, int seconds) {
    if (second % 10 == 0) {
      progress.printf("\r%-16s %4d of %d s        ", scenario.name(), second, seconds);
      progress.flush();
    }
  }

  private void draw(Scenario scenario, Play play) {
    try {
      Files.createDirectories(options.out());
      Files.writeString(
          options.out().resolve(scenario.name() + ".svg"),
          RunChart.of(scenario.name(), scenario.sentence(), play));
    } catch (IOException e) {
      throw new UncheckedIOException(
          "cannot write %s (expected: a directory that can be written, see --out)"
              .formatted(options.out()),
          e);
    }
  }
}
