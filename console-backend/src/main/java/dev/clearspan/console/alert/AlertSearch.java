package dev.clearspan.console.alert;

import org.jspecify.annotations.Nullable;

/**
 * Which alerts to show; null leaves a part open.
 *
 * @param state default: all but inactive
 * @param limit events, at most 500
 */
public record AlertSearch(
    @Nullable String service,
    @Nullable AlertState state,
    @Nullable AlertSeverity severity,
    int limit) {
  static final AlertSearch DEFAULT = new AlertSearch(null, null, null, 50);

  boolean wants(Alert alert) {
    return (service == null || concerns(alert.target()))
        && (state == null ? alert.state() != AlertState.INACTIVE : alert.state() == state)
        && (severity == null || alert.severity() == severity);
  }

  boolean wants(AlertEvent event) {
    return (service == null || concerns(event.target()))
        && (severity == null || event.severity() == severity);
  }

  private boolean concerns(AlertTarget target) {
    return target.service().equals(service) || target.caller().equals(service);
  }
}
