package dev.clearspan.rpc.client;

import dev.clearspan.rpc.balance.LoadReport;
import dev.clearspan.rpc.ledger.Gauges;
import java.util.List;
import java.util.Map;

/** What servers say of their load, as metrics; docs/telemetry.md lists the names. */
final class LoadGauges {
  private static final double NANOS_PER_SECOND = 1e9;
  private static final long STALE_NANOS = 10_000_000_000L;

  private LoadGauges() {}

  /** Adds what one endpoint has said lately; what is older tells nothing. */
  static void add(
      List<Gauges.Sample> samples, LoadReport load, long nowNanos, Map<String, String> endpoint) {
    if (load.ageNanos(nowNanos) > STALE_NANOS) {
      return;
    }
    if (!Double.isNaN(load.cpu())) {
      samples.add(gauge("clearspan.lb.endpoint.cpu", load.cpu(), endpoint));
    }
    if (!Double.isNaN(load.memory())) {
      samples.add(gauge("clearspan.lb.endpoint.memory", load.memory(), endpoint));
    }
    samples.add(gauge("clearspan.lb.endpoint.in_flight", load.inFlight(), endpoint));
    samples.add(gauge("clearspan.lb.endpoint.queue.chunks", load.queued(), endpoint));
    double handlerSeconds = load.handlerNanos() / NANOS_PER_SECOND;
    samples.add(gauge("clearspan.lb.endpoint.handler_time", handlerSeconds, endpoint));
  }

  private static Gauges.Sample gauge(String name, double value, Map<String, String> endpoint) {
    return new Gauges.Sample(name, value, endpoint, false);
  }
}
