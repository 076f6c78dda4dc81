package dev.clearspan.rpc.client;

import dev.clearspan.rpc.Call;
import dev.clearspan.rpc.Status;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
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

  private final AtomicReference<@Nullable Consumer<Failure>> halt;

  private ServingLink(Consumer<Failure> halt) {
    this.halt = new AtomicReference<>(halt);
  }

  static void tie(Call serving, CompletableFuture<?> made, Consumer<Failure> halt) {
    ServingLink link = new ServingLink(halt);
    serving.onCancel(link);
    made.whenComplete((reply, failure) -> link.halt.set(null));
  }

  @Override
  public void run() {
    Consumer<Failure> current = halt.getAndSet(null);
    if (current != null) {
      current.accept(GIVEN_UP);
    }
  }
}
