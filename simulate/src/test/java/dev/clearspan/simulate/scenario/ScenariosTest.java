package dev.clearspan.simulate.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clearspan.simulate.scenario.Scenario.Size;
import org.junit.jupiter.api.Test;

/** Each scenario on a small scale, with its own targets. */
class ScenariosTest {
  private static final long SEED = 3;

  @Test
  void callsAreSpreadEvenly() {
    assertMet(new Balance(60), new Size(40, 5));
  }

  @Test
  void oneSlowServerOfFiveDoesNotSlowTheCalls() {
    assertMet(Scenarios.named("slow-server"), new Size(20, 5));
  }

  @Test
  void aNewServerIsNotFlooded() {
    assertMet(Scenarios.named("new-server"), new Size(20, 4));
  }

  @Test
  void retriesAddATenthToAFailingBackend() {
    assertMet(Scenarios.named("failing-backend"), new Size(20, 2));
  }

  @Test
  void overloadLeavesTheGoodputAlone() {
    assertMet(Scenarios.named("overload"), new Size(20, 2));
  }

  @Test
  void nothingOfAFaultStays() {
    assertMet(Scenarios.named("recovery"), new Size(20, 2));
  }

  @Test
  void aRollingRestartFailsNoCall() {
    assertMet(Scenarios.named("rolling-restart"), new Size(20, 3));
  }

  private static void assertMet(Scenario scenario, Size size) {
    Play play = scenario.play(size, SEED, (second, seconds) -> {});

    assertThat(play.checks()).isNotEmpty().allMatch(Check::isMet);
  }
}
