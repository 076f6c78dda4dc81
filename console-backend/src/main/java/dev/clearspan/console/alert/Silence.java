package dev.clearspan.console.alert;

import java.time.Instant;

/**
 * Mutes alerts for a while: they go on, and nobody is told.
 *
 * @param rule the rule's id; empty: of every rule
 * @param service which the alert is about; empty: any
 * @param until when it ends by itself
 */
public record Silence(
    String id,
    String rule,
    String service,
    Instant until,
    String reason,
    String author,
    Instant createdAt) {
  boolean mutes(Alert alert) {
    return (rule.isEmpty() || rule.equals(alert.rule()))
        && (service.isEmpty() || service.equals(alert.target().service()));
  }
}
