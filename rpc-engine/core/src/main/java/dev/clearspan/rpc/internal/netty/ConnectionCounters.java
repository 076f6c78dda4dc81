package dev.clearspan.rpc.internal.netty;

import dev.clearspan.rpc.ledger.Gauges;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts the connections that a server ended, and logs them: at most one line in 10 s for each
 * reason, so that a flood of connections is no flood of lines. Thread-safe.
 */
final class ConnectionCounters {
  private static final Logger LOG = LoggerFactory.getLogger(ConnectionCounters.class);
  private static final long QUIET_NANOS = TimeUnit.SECONDS.toNanos(10);

  private final Map<ClosedBecause, Tally> tallies = new EnumMap<>(ClosedBecause.class);

  private static final class Tally {
    final LongAdder count = new LongAdder();
    final AtomicLong unsaid = new AtomicLong();
    final AtomicLong lastLine = new AtomicLong(System.nanoTime() - QUIET_NANOS);
  }

  ConnectionCounters() {
    for (ClosedBecause reason : ClosedBecause.values()) {
      tallies.put(reason, new Tally());
    }
  }

  /** A connection ended for this reason; {@code text} says which and what was expected. */
  void closed(ClosedBecause reason, String text) {
    Tally tally = tally(reason);
    tally.count.increment();
    long last = tally.lastLine.get();
    long now = System.nanoTime();
    if (now - last < QUIET_NANOS || !tally.lastLine.compareAndSet(last, now)) {
      tally.unsaid.incrementAndGet();
      return;
    }
    long unsaid = tally.unsaid.getAndSet(0);
    LOG.warn("{}{}", text, unsaid == 0 ? "" : " (and " + unsaid + " more like it)");
  }

  long count(ClosedBecause reason) {
    return tally(reason).count.sum();
  }

  /** One counter for each reason. */
  List<Gauges.Sample> samples() {
    List<Gauges.Sample> samples = new ArrayList<>();
    for (ClosedBecause reason : ClosedBecause.values()) {
      samples.add(
          new Gauges.Sample(
              "clearspan.server.connection.closed",
              count(reason),
              Map.of("reason", reason.key()),
              true));
    }
    return samples;
  }

  private Tally tally(ClosedBecause reason) {
    Tally tally = tallies.get(reason);
    if (tally == null) {
      throw new IllegalStateException("no tally of " + reason);
    }
    return tally;
  }
}
