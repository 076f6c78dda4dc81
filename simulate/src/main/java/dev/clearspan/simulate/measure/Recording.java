package dev.clearspan.simulate.measure;

import dev.clearspan.rpc.ledger.CallRecord;
import dev.clearspan.rpc.time.Ticker;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;

/** A run, second by second: what clients got, what servers saw. */
public final class Recording {
  private static final long SECOND = 1_000_000_000L;

  private final Ticker ticker;
  private final List<Second> seconds = new ArrayList<>();
  private final List<ServerSeries> servers = new ArrayList<>();

  /** Calls of one second: offered and sent when they were, the others when they ended. */
  private static final class Second {
    private long offered;
    private long sent;
    private long succeeded;
    private long failed;
    private final LatencyHistogram latencies = new LatencyHistogram();
  }

  public Recording(Ticker ticker, int seconds, int servers) {
    this.ticker = ticker;
    for (int i = 0; i < seconds; i++) {
      this.seconds.add(new Second());
    }
    for (int i = 0; i < servers; i++) {
      this.servers.add(new ServerSeries(seconds));
    }
  }

  void offered() {
    now().offered++;
  }

  void sent() {
    now().sent++;
  }

  void ended(CallRecord call) {
    Second second = now();
    if (call.status().isOk()) {
      second.succeeded++;
      second.latencies.record(call.endNanos() - call.startNanos());
    } else {
      second.failed++;
    }
  }

  /** Nothing more happens. */
  public void end() {
    servers.forEach(server -> server.end(ticker.nanos()));
  }

  public int seconds() {
    return seconds.size();
  }

  public List<ServerSeries> servers() {
    return servers;
  }

  /** Calls that clients wanted to make, from one second up to another, that one excluded. */
  public long offered(int from, int to) {
    return sum(from, to, second -> second.offered);
  }

  /** Attempts that left clients. */
  public long sent(int from, int to) {
    return sum(from, to, second -> second.sent);
  }

  /** Calls that ended well: the goodput. */
  public long succeeded(int from, int to) {
    return sum(from, to, second -> second.succeeded);
  }

  public long failed(int from, int to) {
    return sum(from, to, second -> second.failed);
  }

  /** Latencies of calls that ended well. */
  public LatencyHistogram latencies(int from, int to) {
    LatencyHistogram all = new LatencyHistogram();
    seconds.subList(from, to).forEach(second -> all.add(second.latencies));
    return all;
  }

  private long sum(int from, int to, ToLongFunction<Second> part) {
    return seconds.subList(from, to).stream().mapToLong(part).sum();
  }

  /** What happens after the end counts for the last second. */
  private Second now() {
    return seconds.get((int) Math.min(seconds.size() - 1, ticker.nanos() / SECOND));
  }
}
