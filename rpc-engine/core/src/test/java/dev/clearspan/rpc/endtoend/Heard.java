package dev.clearspan.rpc.endtoend;

import static org.awaitility.Awaitility.await;

import dev.clearspan.rpc.Metadata;
import dev.clearspan.rpc.RpcException;
import dev.clearspan.rpc.StreamReceiver;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Keeps what a receiver hears, in order, and insists on one end. */
public final class Heard<R> implements StreamReceiver<R> {
  public final List<R> messages = new CopyOnWriteArrayList<>();
  public final List<Metadata> headers = new CopyOnWriteArrayList<>();
  public final AtomicInteger ready = new AtomicInteger();
  public final CompletableFuture<Metadata> trailers = new CompletableFuture<>();
  public final CompletableFuture<@Nullable RpcException> end = new CompletableFuture<>();

  @Override
  public void headers(Metadata value) {
    headers.add(value);
  }

  @Override
  public void message(R message) {
    messages.add(message);
  }

  @Override
  public void ready() {
    ready.incrementAndGet();
  }

  @Override
  public void ended(@Nullable RpcException failure, Metadata value) {
    trailers.complete(value);
    if (!end.complete(failure)) {
      throw new AssertionError("ended twice", failure);
    }
  }

  /** The failure it ended with; null for OK. */
  public @Nullable RpcException failure() {
    await().atMost(Duration.ofSeconds(20)).until(end::isDone);
    return end.join();
  }

  public void awaitMessages(int count) {
    await().atMost(Duration.ofSeconds(20)).until(() -> messages.size() >= count);
  }
}
