package dev.clearspan.console.alert;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How all alerts stand.
 *
 * @param evaluatedAt when the rules were looked at last; null: not yet
 * @param intervalSeconds how often they are
 * @param firing of all alerts, whatever is asked for; so are pending, noData and silenced
 * @param silenced of those that fire
 * @param unfollowed targets that are not followed because there are too many
 * @param alerts what is asked for: firing first, then pending, resolved, without data, inactive; at
 *     most 1,000
 * @param recent what began and ceased to fire, newest first
 */
public record AlertReport(
    @Nullable Instant evaluatedAt,
    long intervalSeconds,
    int firing,
    int pending,
    int noData,
    int silenced,
    int unfollowed,
    List<Alert> alerts,
    List<AlertEvent> recent,
    List<Silence> silences,
    WebhookState webhook) {
  public AlertReport {
    alerts = List.copyOf(alerts);
    recent = List.copyOf(recent);
    silences = List.copyOf(silences);
  }
}
