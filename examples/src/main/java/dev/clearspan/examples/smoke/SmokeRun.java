package dev.clearspan.examples.smoke;

import dev.clearspan.examples.console.ConsoleApi;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/** Runs checks one after another and prints each figure against its limit. */
public final class SmokeRun {
  private final PrintStream out;
  private final List<Finding> findings = new ArrayList<>();

  public SmokeRun(PrintStream out) {
    this.out = out;
  }

  /** The checks of the main job. */
  public static List<Check> checks(ConsoleApi api, ShopControl shop, Tempo tempo) {
    return List.of(
        new InstanceCheck(api, shop, tempo),
        new WeightCheck(api, tempo),
        new ForcedBreakerCheck(api, tempo),
        new SelfOpeningBreakerCheck(api, shop, tempo));
  }

  /** Runs a check; one that ends by an exception has missed. */
  public void run(Check check) {
    out.println("\n" + check.title());
    try {
      check.run(this::add);
    } catch (RuntimeException e) {
      add(Finding.holds(check.title(), String.valueOf(e.getMessage()), "no error", false));
    }
  }

  /** Adds a figure that was taken elsewhere. */
  public void add(Finding finding) {
    findings.add(finding);
    out.println("  " + finding.line());
  }

  /** What was found so far. */
  public List<Finding> findings() {
    return List.copyOf(findings);
  }

  /** Prints the sum; true if every limit was met. */
  public boolean conclude() {
    long missed = findings.stream().filter(finding -> !finding.met()).count();
    out.println(
        "\nsmoke: %d figures, %d missed: %s"
            .formatted(findings.size(), missed, missed == 0 ? "OK" : "FAILED"));
    return missed == 0 && !findings.isEmpty();
  }
}
