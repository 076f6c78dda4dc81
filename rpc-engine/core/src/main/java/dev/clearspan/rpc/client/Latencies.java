package dev.clearspan.rpc.client;

import dev.clearspan.rpc.retry.LatencyWindow;
import dev.clearspan.rpc.time.Ticker;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How long the attempts of the methods take that are hedged by percentile; as many as {@link
 * Routes#MAX_METHODS} allows. Thread-safe.
 */
final class Latencies {
  private final Ticker ticker;
  private final Map<String, LatencyWindow> windows = new ConcurrentHashMap<>();

  Latencies(Ticker ticker) {
    this.ticker = ticker;
  }

  /** An attempt has ended, or was given up: it would have taken longer than that. */
  void ended(String method, MadeAttempt<?> attempt) {
    window(method).record(attempt.endNanos() - attempt.startNanos(), attempt.endNanos());
  }

  /** In nanoseconds; -1: too little is known. */
  long percentile(String method, double percent) {
    return window(method).percentile(percent, ticker.nanos());
  }

  private LatencyWindow window(String method) {
    LatencyWindow known = windows.get(method);
    return known != null
        ? known
        : windows.computeIfAbsent(method, name -> new LatencyWindow(ticker.nanos()));
  }
}
