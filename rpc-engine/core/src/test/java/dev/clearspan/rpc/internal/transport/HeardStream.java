package dev.clearspan.rpc.internal.transport;

import dev.clearspan.rpc.Metadata;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** What one attempt of a streaming call has heard. */
public final class HeardStream<R> implements StreamAttemptListener<R> {
  public final List<Metadata> headers = new CopyOnWriteArrayList<>();
  public final List<R> messages = new CopyOnWriteArrayList<>();
  public final AtomicInteger readies = new AtomicInteger();
  private final CompletableFuture<AttemptResult<R>> result = new CompletableFuture<>();

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
    readies.incrementAndGet();
  }

  @Override
  public void ended(AttemptResult<R> value) {
    if (!result.complete(value)) {
      throw new AssertionError("second result: " + value);
    }
  }

  public boolean hasEnded() {
    return result.isDone();
  }

  public AttemptResult<R> await(Duration atMost) throws Exception {
    return result.get(atMost.toNanos(), TimeUnit.NANOSECONDS);
  }
}
