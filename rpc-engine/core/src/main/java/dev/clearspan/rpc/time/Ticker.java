package dev.clearspan.rpc.time;

/** A monotonic clock. */
@FunctionalInterface
public interface Ticker {
  Ticker SYSTEM = System::nanoTime;

  /** Nanoseconds since an arbitrary moment; compare by difference only. */
  long nanos();
}
