package dev.clearspan.console.metric;

import dev.clearspan.console.metric.SeriesKey.Source;
import dev.clearspan.rpc.Status;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Calls to what is none of the services, as far as spans of them came: of traces that are not kept
 * none do, so that these numbers are no totals. At most a fixed number of pairs of caller and peer
 * is kept. Thread-safe.
 */
public final class ExternalCalls {
  private static final int MAX_PAIRS = 500;
  private static final long FUTURE_MILLIS = 5_000;
  private static final double MILLIS = 1_000;

  private final InstantSource clock;
  private final CallAggregates calls;
  private final Map<String, ExternalPeer> peers = new ConcurrentHashMap<>();

  public ExternalCalls(InstantSource clock) {
    this.clock = clock;
    this.calls = CallAggregates.create(clock, MAX_PAIRS);
  }

  /**
   * Calls of one service to one peer.
   *
   * @param totals of a window, with the peer's id as the service
   */
  public record ToPeer(ExternalPeer peer, CallTotals totals) {}

  /** Counts a call that ended at a moment; one of another quarter of an hour is left out. */
  void count(
      String caller, ExternalPeer peer, long endMillis, double durationMillis, boolean failed) {
    long now = clock.millis();
    long at = endMillis > now + FUTURE_MILLIS ? now : endMillis;
    if (at <= now - CallAggregates.REACH.toMillis()) {
      return;
    }
    SeriesKey key = new SeriesKey(Source.CALL, caller, peer.id(), "", "");
    Ending ending = new Ending(failed ? Status.Code.UNKNOWN : Status.Code.OK, false);
    if (calls.add(key, at, histogram(durationMillis), ending)) {
      peers.putIfAbsent(peer.id(), peer);
      forget();
    }
  }

  /** By caller and peer, of those called in the last 15 minutes; over the window, so maybe none. */
  public List<ToPeer> totals(Duration window) {
    Map<List<String>, CallTotals> lately = new ConcurrentHashMap<>();
    calls.totals(window).forEach(row -> lately.put(List.of(row.caller(), row.service()), row));
    List<ToPeer> found = new ArrayList<>();
    for (CallTotals row : calls.totals(CallAggregates.REACH)) {
      ExternalPeer peer = peers.get(row.service());
      if (peer != null) {
        CallTotals counted =
            lately.getOrDefault(
                List.of(row.caller(), row.service()),
                new CallTotals(
                    row.caller(), row.service(), "", "", 0, 0, 0, LatencyHistogram.EMPTY));
        found.add(new ToPeer(peer, counted));
      }
    }
    return found;
  }

  /** Those that nobody calls any more, once they are more than there can be calls to. */
  private void forget() {
    if (peers.size() > MAX_PAIRS) {
      List<String> called =
          calls.totals(CallAggregates.REACH).stream().map(CallTotals::service).toList();
      peers.keySet().retainAll(called);
    }
  }

  private static LatencyHistogram histogram(double durationMillis) {
    long[] counts = new long[LatencyHistogram.BUCKETS];
    counts[LatencyHistogram.bucketOf(durationMillis / MILLIS)] = 1;
    return LatencyHistogram.of(counts);
  }
}
