package dev.clearspan.rpc.client;

import dev.clearspan.rpc.ledger.Gauges;
import dev.clearspan.rpc.time.Ticker;
import java.util.List;
import java.util.Map;

/**
 * When the registry was last heard of, and how far it was then. A healthy one confirms what it said
 * at least every 75 seconds; an age beyond that is an outage. Thread-safe.
 */
final class RegistryNews implements Gauges.Source {
  private final Map<String, String> server;
  private final Ticker ticker;
  private volatile long heardNanos;
  private volatile long revision;

  RegistryNews(String service, Ticker ticker) {
    this.server = Map.of("server.address", service);
    this.ticker = ticker;
    this.heardNanos = ticker.nanos();
  }

  /** Instances or rules came; revision 0 is the disk's, not the registry's. */
  void heard(long atRevision) {
    if (atRevision > 0) {
      revision = atRevision;
      heardNanos = ticker.nanos();
    }
  }

  @Override
  public List<Gauges.Sample> read() {
    double age = (ticker.nanos() - heardNanos) / 1e9;
    return List.of(
        new Gauges.Sample("clearspan.discovery.age", age, server, false),
        new Gauges.Sample("clearspan.discovery.revision", revision, server, false));
  }
}
