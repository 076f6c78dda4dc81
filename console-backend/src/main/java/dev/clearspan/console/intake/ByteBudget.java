package dev.clearspan.console.intake;

import java.util.concurrent.atomic.AtomicLong;

/** A bound on the bytes of all bodies being read and decoded at one time. Thread-safe. */
final class ByteBudget {
  private final long limit;
  private final AtomicLong used = new AtomicLong();

  ByteBudget(long limit) {
    this.limit = limit;
  }

  /** Opens an empty share; closing it gives everything back. */
  Share open() {
    return new Share();
  }

  long used() {
    return used.get();
  }

  /** What one request holds. For one thread. */
  final class Share implements AutoCloseable {
    private long held;

    private Share() {}

    void grow(int bytes) throws Refusal {
      held += bytes;
      if (used.addAndGet(bytes) > limit) {
        throw Refusal.busy(
            "The intake is decoding " + limit + " bytes already; send again after Retry-After.");
      }
    }

    @Override
    public void close() {
      used.addAndGet(-held);
      held = 0;
    }
  }
}
