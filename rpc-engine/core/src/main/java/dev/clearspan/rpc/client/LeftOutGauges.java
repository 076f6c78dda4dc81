package dev.clearspan.rpc.client;

import dev.clearspan.rpc.ledger.Gauges;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Outliers and panic of one channel as metrics; docs/telemetry.md lists the names. */
final class LeftOutGauges {
  private static final String SERVER = "server.address";
  private static final String METHOD = "rpc.method";

  private final String service;
  private final ChannelCounters counters;

  LeftOutGauges(String service, ChannelCounters counters) {
    this.service = service;
    this.counters = counters;
  }

  void add(List<Gauges.Sample> samples, Routes routes) {
    long ejected =
        routes.targets().stream()
            .filter(target -> target.endpoint().watched().ejection() != null)
            .count();
    samples.add(state("clearspan.outlier.ejected", ejected, Map.of(SERVER, service)));
    counters.outlierChanges.forEach(
        (change, count) ->
            samples.add(
                total(
                    "clearspan.outlier.transitions",
                    count.sum(),
                    Map.of(
                        SERVER, service, "to", change.label(), "cause", change.cause().label()))));
    addPanics(samples);
  }

  private void addPanics(List<Gauges.Sample> samples) {
    Set<String> methods = new TreeSet<>();
    counters.panicChanges.forEach(
        (change, count) -> {
          methods.add(change.method());
          samples.add(
              total(
                  "clearspan.panic.transitions",
                  count.sum(),
                  Map.of(
                      SERVER,
                      service,
                      METHOD,
                      change.method(),
                      "to",
                      change.begins() ? "panic" : "normal")));
        });
    for (String method : methods) {
      int active = counters.panics.inForce().containsKey(method) ? 1 : 0;
      samples.add(state("clearspan.panic.active", active, Map.of(SERVER, service, METHOD, method)));
    }
  }

  private static Gauges.Sample state(String name, double value, Map<String, String> attributes) {
    return new Gauges.Sample(name, value, attributes, false);
  }

  private static Gauges.Sample total(String name, double value, Map<String, String> attributes) {
    return new Gauges.Sample(name, value, attributes, true);
  }
}
