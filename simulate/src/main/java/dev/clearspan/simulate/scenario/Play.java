package dev.clearspan.simulate.scenario;

import dev.clearspan.simulate.measure.Recording;
import java.util.List;

/**
 * A scenario that was played.
 *
 * @param setting sizes and rates, for people
 * @param events that were worked off
 */
public record Play(
    String setting, Recording recording, List<Fault> faults, List<Check> checks, long events) {

  public Play {
    faults = List.copyOf(faults);
    checks = List.copyOf(checks);
  }

  public boolean isMet() {
    return checks.stream().allMatch(Check::isMet);
  }

  /** What was done to the world, from one second to another. */
  public record Fault(double from, double to, String label) {}
}
