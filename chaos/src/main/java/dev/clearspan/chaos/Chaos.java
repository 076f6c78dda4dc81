package dev.clearspan.chaos;

import dev.clearspan.chaos.scenario.Finding;
import dev.clearspan.chaos.scenario.Scenario;
import dev.clearspan.chaos.scenario.Scenarios;
import dev.clearspan.chaos.scenario.Stage;
import java.io.PrintStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code clearspan chaos}: plays scenarios one by one, and says whether their limits held. */
public final class Chaos {
  private static final int MISSED = 1;
  private static final int WRONG_USE = 2;

  private final ChaosOptions options;
  private final PrintStream out;
  private final PrintStream progress;
  private volatile @Nullable Stage stage;
  private volatile boolean stopped;

  Chaos(ChaosOptions options, PrintStream out, PrintStream progress) {
    this.options = options;
    this.out = out;
    this.progress = progress;
  }

  /** Ends with 0 if all limits held, 1 if one did not, 2 on wrong use. */
  public static void main(String[] arguments) throws InterruptedException {
    System.exit(run(System.out, System.err, arguments));
  }

  static int run(PrintStream out, PrintStream progress, String... arguments)
      throws InterruptedException {
    try {
      return new Chaos(ChaosOptions.of(arguments), out, progress).run();
    } catch (IllegalArgumentException e) {
      progress.println("chaos: " + e.getMessage() + ". See clearspan chaos --help.");
      return WRONG_USE;
    }
  }

  private int run() throws InterruptedException {
    if (options.list()) {
      Scenarios.all().forEach(each -> out.printf("%-16s %s%n", each.name(), each.sentence()));
      return 0;
    }
    Runtime.getRuntime().addShutdownHook(new Thread(this::cleanUp, "chaos-shutdown"));
    ResultTable table = new ResultTable();
    for (Scenario scenario : options.scenarios()) {
      if (!stopped) {
        table.add(scenario, play(scenario));
      }
    }
    table.print(out);
    return table.isMet() ? 0 : MISSED;
  }

  /** A scenario that could not be played is one that failed. */
  private List<Finding> play(Scenario scenario) throws InterruptedException {
    progress.println(scenario.name() + ": " + scenario.sentence());
    try (Stage opened =
        new Stage(
            options.rate(), options.secondsOf(scenario), note -> progress.println("  " + note))) {
      stage = opened;
      return scenario.play(opened);
    } catch (RuntimeException | AssertionError e) {
      return List.of(
          new Finding("played to its end", String.valueOf(e.getMessage()), "yes", false));
    }
  }

  private void cleanUp() {
    stopped = true;
    Stage open = stage;
    if (open != null) {
      open.close();
    }
  }
}
