package dev.clearspan.console.alert;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How telling others goes.
 *
 * @param target scheme, host and port only: paths of webhooks are secrets; empty: none is set
 * @param delivered notifications taken since the console started
 * @param failed tries that failed since then
 * @param failures tries that failed since the last success
 * @param waiting groups of alerts with news that nobody took yet
 * @param lastError of the newest failure; empty: none
 * @param nextTry null: at once when there is news
 */
public record WebhookState(
    boolean configured,
    String target,
    long delivered,
    long failed,
    int failures,
    int waiting,
    @Nullable Instant lastSuccess,
    @Nullable Instant lastFailure,
    String lastError,
    @Nullable Instant nextTry) {
  static final WebhookState NONE = new WebhookState(false, "", 0, 0, 0, 0, null, null, "", null);
}
