package dev.clearspan.rpc.client;

import dev.clearspan.rpc.Call;
import dev.clearspan.rpc.Status;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Passes the end of a served call on to a call made while serving it. Lets go of the made call when
 * that is over, so that a handler which makes many keeps none of them.
 */
final class ServingLink implements Runnable {
  private static final Failure GIVEN_UP =
      Failure.local(
          Status.Code.CANCELLED,
          "the served call that made this one was cancelled by its caller",
          Pipeline.DEADLINE);

  private final AtomicReference<@Nullable OpenCall<?>> made;

  private ServingLink(OpenCall<?> made) {
    this.made = new AtomicReference<>(made);
  }

  static void tie(Call serving, OpenCall<?> made) {
    ServingLink link = new ServingLink(made);
    serving.onCancel(link);
    made.whenComplete((reply, failure) -> link.made.set(null));
  }

  @Override
  public void run() {
    OpenCall<?> current = made.getAndSet(null);
    if (current != null) {
      current.halt(GIVEN_UP);
    }
  }
}
