package dev.clearspan.rpc.breaker;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * What an operator wants a breaker to be.
 *
 * @param kind the state forced
 * @param reason why, in the operator's words
 * @param author who
 * @param expiresAt when it lifts itself; null: never
 */
public record ForcedState(Kind kind, String reason, String author, @Nullable Instant expiresAt) {

  /** The states there are to force. */
  public enum Kind {
    /** Nothing passes. */
    OPEN,
    /** Everything passes, whatever the outcomes; they go on being computed. */
    CLOSED,
    /** One call passes at a time. */
    HALF_OPEN,
    /** Everything passes; outcomes are counted but open nothing. */
    DISABLED
  }

  /** For error messages: who, why and until when. */
  public String description() {
    return "forced %s by %s: %s (%s)"
        .formatted(
            kind,
            author.isEmpty() ? "an unnamed operator" : author,
            reason.isEmpty() ? "no reason given" : reason,
            expiresAt == null
                ? "until lifted"
                : "until " + expiresAt.truncatedTo(ChronoUnit.SECONDS));
  }
}
