package dev.clearspan.rpc.server;

import dev.clearspan.rpc.Limit;
import dev.clearspan.rpc.Limits;
import dev.clearspan.rpc.ledger.Gauges;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** The state of a server that its metrics page shows. */
public final class ServerGauges {
  private ServerGauges() {}

  /** Registers calls, queue, limits and what the other source tells; the handle removes them. */
  public static AutoCloseable register(ServerScope scope, Gauges.Source connections) {
    List<Gauges.Sample> limits = limits(scope.limits());
    return scope.ledger().gauges().register(() -> read(scope, connections, limits));
  }

  private static List<Gauges.Sample> read(
      ServerScope scope, Gauges.Source connections, List<Gauges.Sample> limits) {
    List<Gauges.Sample> samples = new ArrayList<>(connections.read());
    samples.add(gauge("clearspan.server.call.active", scope.gate().inFlight()));
    samples.add(gauge("clearspan.server.queue.chunks", scope.dispatcher().queued()));
    samples.add(gauge("clearspan.server.handler.active", scope.gate().inHandlers()));
    samples.add(gauge("clearspan.server.handler.limit", scope.gate().adaptiveLimit()));
    samples.addAll(scope.gate().refusals());
    samples.addAll(limits);
    return samples;
  }

  private static List<Gauges.Sample> limits(Limits limits) {
    return Arrays.stream(Limit.values()).map(limit -> limit(limit, limits.of(limit))).toList();
  }

  private static Gauges.Sample limit(Limit limit, long value) {
    double shown = limit.unit() == Limit.Unit.TIME ? value / 1e3 : value;
    return new Gauges.Sample("clearspan.server.limit", shown, Map.of("limit", limit.key()), false);
  }

  private static Gauges.Sample gauge(String name, int value) {
    return new Gauges.Sample(name, value, Map.of(), false);
  }
}
