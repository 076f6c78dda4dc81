package dev.clearspan.etcd;

import dev.clearspan.rpc.time.Scheduler.Scheduled;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Brings what a feed knows to disk, at most once a second, and back at the start. Loop-only; disk
 * work runs beside the loop.
 */
final class FeedMemory {
  private static final Duration DELAY = Duration.ofSeconds(1);

  private final FeedContext context;
  private final Supplier<ServiceSnapshot> content;
  private @Nullable Scheduled timer;

  FeedMemory(FeedContext context, Supplier<ServiceSnapshot> content) {
    this.context = context;
    this.content = content;
  }

  /** Reads the snapshot of a service and hands over on the loop what there is. */
  void recall(String service, Consumer<Optional<ServiceSnapshot>> taker) {
    Connection connection = context.connection();
    connection
        .pool()
        .execute(
            () -> {
              Optional<ServiceSnapshot> found = context.snapshots().read(service);
              connection.loop().execute(() -> taker.accept(found));
            });
  }

  /** Writes soon. */
  void keep() {
    if (timer == null) {
      timer =
          context
              .connection()
              .loop()
              .schedule(
                  () -> {
                    var unused = write();
                  },
                  DELAY);
    }
  }

  /** Writes now what {@link #keep} has announced; completes when that is done. */
  CompletableFuture<Void> flush() {
    if (timer == null) {
      return CompletableFuture.completedFuture(null);
    }
    timer.cancel();
    return write();
  }

  private CompletableFuture<Void> write() {
    timer = null;
    ServiceSnapshot snapshot = content.get();
    return CompletableFuture.runAsync(
        () -> context.snapshots().write(snapshot), context.connection().pool());
  }
}
