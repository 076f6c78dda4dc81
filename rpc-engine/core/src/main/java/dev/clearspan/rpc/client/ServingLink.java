package dev.clearspan.rpc.client;

import dev.clearspan.rpc.Call;
import dev.clearspan.rpc.Status;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Passes the end of a served call on to a call made while serving it. Lets go of both when the made
 * call is over, so that a handler which makes many keeps none of them.
 */
final class ServingLink implements Runnable {
  private static final Failure GIVEN_UP =
      Failure.local(
          Status.Code.CANCELLED,
          "the served call that made this one was cancelled by its caller",
          Pipeline.DEADLINE);

  private final Call serving;
  private final AtomicReference<@Nullable Halting> made;

  private ServingLink(Call serving, Halting made) {
    this.serving = serving;
    this.made = new AtomicReference<>(made);
  }

  /** Ties the two until {@link #release}. */
  static ServingLink between(Call serving, Halting made) {
    ServingLink link = new ServingLink(serving, made);
    serving.onCancel(link);
    return link;
  }

  /** Ties the two until the made call is over. */
  static void tie(Call serving, OpenCall<?> made) {
    ServingLink link = between(serving, made);
    made.whenComplete((reply, failure) -> link.release());
  }

  /** The made call is over. */
  void release() {
    if (made.getAndSet(null) != null) {
      serving.offCancel(this);
    }
  }

  @Override
  public void run() {
    Halting current = made.getAndSet(null);
    if (current != null) {
      current.halt(GIVEN_UP);
    }
  }
}
