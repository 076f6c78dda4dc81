package dev.clearspan.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clearspan.chaos.scenario.Finding;
import dev.clearspan.chaos.scenario.Scenario;
import dev.clearspan.chaos.scenario.Scenarios;
import dev.clearspan.chaos.scenario.Stage;
import java.util.List;

/** Plays a scenario as the command does, prints its figures, and holds them to their limits. */
final class Proof {
  private static final int RATE = 2_300;

  private Proof() {}

  static void of(String name) throws InterruptedException {
    of(name, Scenarios.named(name).standardSeconds());
  }

  static void of(String name, int seconds) throws InterruptedException {
    Scenario scenario = Scenarios.named(name);
    try (Stage stage = new Stage(RATE, seconds, note -> System.out.println("  " + note))) {
      List<Finding> findings = scenario.play(stage);
      ResultTable table = new ResultTable();
      table.add(scenario, findings);
      table.print(System.out);
      assertThat(findings).as(name).isNotEmpty().allMatch(Finding::isMet);
    }
  }
}
