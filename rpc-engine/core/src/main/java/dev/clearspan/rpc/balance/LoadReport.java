package dev.clearspan.rpc.balance;

/**
 * What a server says of its load in some of its replies, at most every 100 ms on a connection.
 *
 * @param cpu share of the processors that its process may use, 0 to 1, smoothed over a second; NaN:
 *     it cannot tell
 * @param memory share of the heap's limit that stays in use after collections, 0 to 1; NaN: it
 *     cannot tell
 * @param inFlight calls in flight
 * @param queued chunks of calls that wait for a thread
 * @param handlerNanos mean time of its handlers in the last second that it had calls; 0: none yet
 * @param heardNanos when it was made or, at the caller, heard, on the ticker
 */
public record LoadReport(
    double cpu, double memory, int inFlight, int queued, long handlerNanos, long heardNanos) {

  /** How old it is. */
  public long ageNanos(long nowNanos) {
    return nowNanos - heardNanos;
  }

  /** The same, heard now. */
  public LoadReport heardAt(long nowNanos) {
    return new LoadReport(cpu, memory, inFlight, queued, handlerNanos, nowNanos);
  }
}
