package dev.clearspan.console.findable;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clearspan.console.TestConsole;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** At a head rate of 1% each failed or slow call is in the console within 5 s, by its id. */
@Tag("full")
class EveryFailureFoundIT {
  private static final int HOPS = 3;
  private static final int CALLS_PER_SECOND = 5_000 / HOPS;
  private static final int SECONDS = 20;
  private static final int SPECIAL = 200;
  private static final double WHOLE_SHARE = 0.95;

  @TempDir Path snapshots;

  @Test
  void callsThatFailOrAreSlowAtAnyHopAreFoundByTheirIds() throws Exception {
    prove(Integer.toString(CALLS_PER_SECOND));
  }

  /** What the machine can do is measured first. */
  @Test
  void theyAreFoundJustBelowSaturation() throws Exception {
    prove("85%");
  }

  private void prove(String pace) throws Exception {
    try (TestConsole console = TestConsole.start();
        Chain chain = new Chain(HOPS, console, snapshots)) {
      chain.start();
      Searches searches = new Searches(console.admin(), HOPS);
      searches.setSlowThresholds();
      searches.searchWhatIsReported(chain.call(pace, SECONDS, SPECIAL));
      searches.report();
      assertThat(searches.size()).isEqualTo(SPECIAL);
      assertThat(searches.notFound()).as("not found").isEmpty();
      assertThat(searches.wholeShare()).as("complete trees").isGreaterThanOrEqualTo(WHOLE_SHARE);
    }
  }
}
