package dev.clearspan.rpc.retry;

import dev.clearspan.rpc.Metadata;
import dev.clearspan.rpc.Status;

/**
 * Decides what follows a failed attempt, from what is known about it and nothing else.
 *
 * <ul>
 *   <li>No handler ran (NOT_SENT, REFUSED): always worth another instance, whatever the method; the
 *       first time at once and for free.
 *   <li>A handler may have run (connection lost, attempt timed out): only if idempotent. The first
 *       lost connection of a call is repeated for free too: an instance that died says nothing
 *       about the load on the others, and only what was in flight there is repeated.
 *   <li>The server answered a status: only if it is one of the retryable codes or the server asks
 *       to be tried again, the method is idempotent, and the reply has neither a {@link RetryMark}
 *       nor a {@link Pushback} that forbids it.
 * </ul>
 */
public final class RetryRule {
  /** What an attempt's failure means for retrying. */
  public enum Failure {
    /** NOT_SENT or REFUSED. */
    NO_HANDLER_RAN,
    /** Sent, and then the connection was lost. */
    CONNECTION_LOST,
    /** Sent, and nothing heard of it in time. */
    TIMED_OUT,
    /** The server answered. */
    STATUS
  }

  /** What follows. */
  public enum Decision {
    /** The failure is the call's result. */
    STOP,
    /** Another attempt at once; costs no budget and no attempt. */
    TRANSPARENT,
    /** Another attempt after a backoff, whatever the budget says. */
    FREE_RETRY,
    /** Another attempt after a backoff, if the budget allows. */
    RETRY,
    /** Worth another attempt, but all are used up. */
    EXHAUSTED
  }

  private RetryRule() {}

  /**
   * What follows the failure.
   *
   * @param attempts attempts made, transparent ones not counted
   * @param transparent transparent attempts made
   * @param freeRetries free retries made
   */
  public static Decision decide(
      RetrySettings settings,
      Failure failure,
      Status status,
      Metadata metadata,
      boolean idempotent,
      int attempts,
      int transparent,
      int freeRetries) {
    return switch (failure) {
      case NO_HANDLER_RAN -> transparent == 0 ? Decision.TRANSPARENT : ifLeft(settings, attempts);
      case CONNECTION_LOST ->
          idempotent && freeRetries == 0 && attempts < settings.maxAttempts()
              ? Decision.FREE_RETRY
              : idempotent ? ifLeft(settings, attempts) : Decision.STOP;
      case TIMED_OUT -> idempotent ? ifLeft(settings, attempts) : Decision.STOP;
      case STATUS ->
          idempotent && isTransient(settings, status, metadata)
              ? ifLeft(settings, attempts)
              : Decision.STOP;
    };
  }

  /** Whether no other attempt at an idempotent method could end better. */
  public static boolean isFinal(
      RetrySettings settings, Failure failure, Status status, Metadata metadata) {
    return failure == Failure.STATUS && !isTransient(settings, status, metadata);
  }

  private static boolean isTransient(RetrySettings settings, Status status, Metadata metadata) {
    if (RetryMark.isOn(metadata)) {
      return false;
    }
    long pushback = Pushback.nanos(metadata);
    return pushback >= 0
        || (pushback == Pushback.NONE && settings.retryableCodes().contains(status.code()));
  }

  private static Decision ifLeft(RetrySettings settings, int attempts) {
    return attempts < settings.maxAttempts() ? Decision.RETRY : Decision.EXHAUSTED;
  }
}
