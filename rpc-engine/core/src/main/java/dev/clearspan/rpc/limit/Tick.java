package dev.clearspan.rpc.limit;

/**
 * What was seen in a short time.
 *
 * @param nanos how long it was
 * @param starts handlers that began
 * @param meanWaitNanos time their calls had waited for a thread
 * @param leastWaitNanos the least of it, of calls that came since the limit was last lowered;
 *     {@link #NO_WAIT} without any
 * @param ends handlers that ended
 * @param meanHandlerNanos how long they took
 * @param outcomes calls that were answered or ran out of time
 * @param expired those that ran out of time
 * @param peak most calls in handlers and waiting for one
 */
record Tick(
    long nanos,
    long starts,
    long meanWaitNanos,
    long leastWaitNanos,
    long ends,
    long meanHandlerNanos,
    long outcomes,
    long expired,
    int peak) {
  static final long NO_WAIT = Long.MAX_VALUE;

  boolean hasWaits() {
    return leastWaitNanos != NO_WAIT;
  }
}
