package dev.clearspan.rpc.client;

import dev.clearspan.rpc.MethodSpec;
import dev.clearspan.rpc.retry.Backoff;
import dev.clearspan.rpc.retry.Pushback;
import dev.clearspan.rpc.retry.RetryRule;
import dev.clearspan.rpc.retry.RetrySettings;

/**
 * What of one call has been repeated, and what follows its next failure: {@link RetryRule} decides,
 * the channel's budget agrees, {@link Backoff} or the server's pushback says when. Made with the
 * first failure; used by whoever moves the call.
 */
final class Repeats {
  private final ChannelCore core;
  private final MethodSpec<?, ?> method;
  private final boolean forRepeated;
  private int transparent;
  private int free;

  /** What follows a failure. */
  sealed interface Next {
    /** Another attempt at once. */
    record AtOnce() implements Next {}

    /** Another attempt when this time has passed. */
    record After(long nanos) implements Next {}

    /** The call's result. */
    record End(Failure failure) implements Next {}
  }

  /** {@code forRepeated}: only what no handler saw is repeated, see {@link Course#forRepeated}. */
  Repeats(ChannelCore core, MethodSpec<?, ?> method, boolean forRepeated) {
    this.core = core;
    this.method = method;
    this.forRepeated = forRepeated;
  }

  /** Attempts that repeated one at once because no handler saw it. */
  int transparent() {
    return transparent;
  }

  /**
   * What follows the failure of the last attempt.
   *
   * @param attempts made so far, all of them
   * @param leftNanos until the call's deadline
   */
  Next after(Failure failure, RetryRule.Failure kind, int attempts, long leftNanos) {
    RetrySettings settings = core.directory().routes().route(method.fullName()).policy().retry();
    if (forRepeated && kind != RetryRule.Failure.NO_HANDLER_RAN) {
      return new Next.End(marked(failure, attempts));
    }
    int counted = attempts - transparent;
    RetryRule.Decision decision =
        RetryRule.decide(
            settings,
            kind,
            failure.status(),
            failure.metadata(),
            method.idempotent(),
            counted,
            transparent,
            free);
    return switch (decision) {
      case STOP -> new Next.End(marked(failure, attempts));
      case EXHAUSTED -> {
        core.budget().failed();
        yield new Next.End(marked(failure, attempts));
      }
      case TRANSPARENT -> {
        transparent++;
        yield new Next.AtOnce();
      }
      case FREE_RETRY -> {
        free++;
        yield backOff(failure, settings, attempts, leftNanos);
      }
      case RETRY -> retry(failure, settings, attempts, leftNanos);
    };
  }

  /** The failure, which says that retrying was tried if it was. */
  Failure marked(Failure failure, int attempts) {
    return attempts - transparent > 1 ? failure.marked(attempts) : failure;
  }

  private Next retry(Failure failure, RetrySettings settings, int attempts, long leftNanos) {
    if (core.budget().failed()) {
      return backOff(failure, settings, attempts, leftNanos);
    }
    core.counters().throttled.increment();
    return new Next.End(failure.marked(attempts));
  }

  private Next backOff(Failure failure, RetrySettings settings, int attempts, long leftNanos) {
    long wished = Pushback.nanos(failure.metadata());
    long delay =
        wished >= 0
            ? wished
            : Backoff.nanos(settings, attempts - transparent, core.settings().random());
    return leftNanos <= delay ? new Next.End(marked(failure, attempts)) : new Next.After(delay);
  }
}
