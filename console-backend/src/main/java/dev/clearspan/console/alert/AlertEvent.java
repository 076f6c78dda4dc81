package dev.clearspan.console.alert;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An alert began or ceased to fire.
 *
 * @param state firing, resolved or no_data
 * @param detail what was measured, or why it ended
 */
public record AlertEvent(
    Instant at,
    String fingerprint,
    String rule,
    String name,
    AlertSeverity severity,
    AlertTarget target,
    AlertState state,
    @Nullable Double value,
    String unit,
    String detail) {
  static AlertEvent of(Alert alert, Instant at) {
    return new AlertEvent(
        at,
        alert.fingerprint(),
        alert.rule(),
        alert.name(),
        alert.severity(),
        alert.target(),
        alert.state(),
        alert.value(),
        alert.unit(),
        alert.detail());
  }
}
