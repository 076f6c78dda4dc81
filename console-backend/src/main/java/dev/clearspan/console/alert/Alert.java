package dev.clearspan.console.alert;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How one rule stands for one target.
 *
 * @param fingerprint names the alert, from one round and one console to the next
 * @param rule the rule's id
 * @param since when it entered its state
 * @param firedAt when it began to fire; null if it does not, and did not lately
 * @param resolvedAt when it was resolved; null unless it is
 * @param value last measured, in the unit; null when nothing ever was
 * @param noData whether nothing is measured now, so that the state is that of before
 * @param detail what was measured, or why nothing was
 * @param silencedBy id of the silence that mutes it; null: none
 * @param labels as they are sent
 */
public record Alert(
    String fingerprint,
    String rule,
    String name,
    AlertKind kind,
    AlertSeverity severity,
    AlertState state,
    AlertTarget target,
    Instant since,
    @Nullable Instant firedAt,
    @Nullable Instant resolvedAt,
    @Nullable Double value,
    AlertOperator operator,
    double threshold,
    String unit,
    boolean noData,
    String detail,
    String summary,
    String runbookUrl,
    @Nullable String silencedBy,
    Map<String, String> labels) {
  public Alert {
    labels = Map.copyOf(labels);
  }

  Alert silencedBy(@Nullable String silence) {
    return new Alert(
        fingerprint,
        rule,
        name,
        kind,
        severity,
        state,
        target,
        since,
        firedAt,
        resolvedAt,
        value,
        operator,
        threshold,
        unit,
        noData,
        detail,
        summary,
        runbookUrl,
        silence,
        labels);
  }
}
