package dev.clearspan.console.alert;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a draft of a rule finds now; how long it has to hold is left aside.
 *
 * @param targets at most 200, those for which the condition holds first
 * @param more targets beyond those
 * @param detail why there is no data at all; empty: there is
 */
public record AlertPreview(AlertRule rule, List<Found> targets, int more, String detail) {
  public AlertPreview {
    targets = List.copyOf(targets);
  }

  /**
   * One target.
   *
   * @param value null: no data
   */
  public record Found(AlertTarget target, @Nullable Double value, boolean holds, String detail) {}
}
