package dev.clearspan.rpc.client;

import dev.clearspan.rpc.balance.LoadReport;
import dev.clearspan.rpc.breaker.BreakerView;
import dev.clearspan.rpc.breaker.ForcedState;
import dev.clearspan.rpc.client.Routes.Target;
import dev.clearspan.rpc.internal.transport.ConnectionState;
import dev.clearspan.rpc.ledger.Gauges;
import dev.clearspan.rpc.time.Ticker;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** A channel's state as metrics; docs/telemetry.md lists the names. */
final class ChannelGauges implements Gauges.Source {
  /** Breakers shown by one channel; those beyond are in no metric. */
  private static final int MAX_BREAKERS = 256;

  private static final List<String> BREAKER_STATES =
      List.of("closed", "open", "half_open", "disabled");

  /** "out": taken out of use by its state, an operator or the registry. */
  private static final List<String> ENDPOINT_STATES = List.of("ready", "connecting", "out");

  private static final String SERVER = "server.address";
  private static final String METHOD = "rpc.method";
  private static final String INSTANCE = "clearspan.peer.instance";

  private final String service;
  private final EndpointDirectory directory;
  private final ChannelCounters counters;
  private final Throttles throttles;
  private final LeftOutGauges leftOut;
  private final Ticker ticker;

  ChannelGauges(
      String service,
      EndpointDirectory directory,
      ChannelCounters counters,
      Throttles throttles,
      Ticker ticker) {
    this.service = service;
    this.directory = directory;
    this.counters = counters;
    this.throttles = throttles;
    this.leftOut = new LeftOutGauges(service, counters);
    this.ticker = ticker;
  }

  @Override
  public List<Gauges.Sample> read() {
    List<Gauges.Sample> samples = new ArrayList<>();
    Routes routes = directory.routes();
    addTotals(samples);
    addConnections(samples, routes);
    addWeights(samples, routes);
    addEndpoints(samples, routes);
    addBreakers(samples, routes);
    counters.panics.refresh(routes, ticker.nanos());
    leftOut.add(samples, routes);
    return samples;
  }

  private void addTotals(List<Gauges.Sample> samples) {
    Map<String, String> server = Map.of(SERVER, service);
    samples.add(state("clearspan.client.call.active", counters.active.sum(), server));
    samples.add(total("clearspan.client.retry.throttled", counters.throttled.sum(), server));
    counters.retries.forEach(
        (method, count) ->
            samples.add(total("clearspan.client.call.retries", count.sum(), method(method))));
    counters.hedges.forEach(
        (method, count) ->
            samples.add(total("clearspan.client.call.hedges", count.sum(), method(method))));
    addKinds(samples, "clearspan.client.fallback.replies", counters.fallbacks, "source");
    addKinds(samples, "clearspan.client.fallback.failed", counters.fallbacksFailed, "source");
    addKinds(samples, "clearspan.client.fault.injected", counters.faults, "kind");
    counters.notPermitted.forEach(
        (method, count) ->
            samples.add(total("clearspan.breaker.not_permitted", count.sum(), method(method))));
    throttles.forEachRefused(
        (key, count) ->
            samples.add(total("clearspan.client.call.throttled", count, attributes(key))));
    counters.transitions.forEach(
        (transition, count) ->
            samples.add(
                total("clearspan.breaker.transitions", count.sum(), attributes(transition))));
  }

  private void addKinds(
      List<Gauges.Sample> samples,
      String name,
      Map<ChannelCounters.Kind, LongAdder> counts,
      String attribute) {
    counts.forEach(
        (of, count) ->
            samples.add(
                total(
                    name,
                    count.sum(),
                    Map.of(SERVER, service, METHOD, of.method(), attribute, of.kind()))));
  }

  private void addConnections(List<Gauges.Sample> samples, Routes routes) {
    Map<String, String> server = Map.of(SERVER, service);
    long open =
        routes.targets().stream().mapToInt(target -> target.endpoint().connection().open()).sum();
    samples.add(state("clearspan.connection.open", open, server));
    samples.add(attempts("ok", counters.connected.sum()));
    samples.add(attempts("failed", counters.notConnected.sum()));
    counters.disconnections.forEach(
        (errorType, count) ->
            samples.add(
                total("clearspan.connection.disconnections", count.sum(), ended(errorType))));
  }

  private Gauges.Sample attempts(String outcome, long count) {
    Map<String, String> attributes = Map.of(SERVER, service, "outcome", outcome);
    return total("clearspan.connection.attempts", count, attributes);
  }

  private Map<String, String> ended(String errorType) {
    return errorType.isEmpty()
        ? Map.of(SERVER, service)
        : Map.of(SERVER, service, "error.type", errorType);
  }

  private void addWeights(List<Gauges.Sample> samples, Routes routes) {
    Weighing weighing = routes.weighing();
    boolean adapts = routes.servicePolicy().balancer().adaptive().enabled();
    for (Target target : routes.targets()) {
      String id = target.endpoint().id();
      Map<String, String> endpoint = Map.of(SERVER, service, INSTANCE, id);
      samples.add(
          state(
              "clearspan.lb.endpoint.weight",
              weighing.of(target),
              Map.of(SERVER, service, INSTANCE, id, "source", source(target, adapts))));
      LoadReport load = target.endpoint().load().report();
      if (load != null) {
        LoadGauges.add(samples, load, ticker.nanos(), endpoint);
      }
    }
  }

  /** Who set the weight last, slow start aside: the instance, an operator, or its own load. */
  private static String source(Target target, boolean adapts) {
    if (adapts && Double.compare(target.adaptive(), 1) != 0) {
      return "adaptive";
    }
    boolean overridden =
        target.verdict() instanceof Verdict.Usable usable
            && Double.compare(usable.weight(), target.baseWeight()) != 0;
    return overridden ? "console" : "static";
  }

  private void addEndpoints(List<Gauges.Sample> samples, Routes routes) {
    for (String name : ENDPOINT_STATES) {
      long count = routes.targets().stream().filter(target -> stateOf(target).equals(name)).count();
      samples.add(state("clearspan.lb.endpoints", count, Map.of(SERVER, service, "state", name)));
    }
  }

  private static String stateOf(Target target) {
    if (!(target.verdict() instanceof Verdict.Usable)) {
      return "out";
    }
    return target.state() == ConnectionState.READY ? "ready" : "connecting";
  }

  private void addBreakers(List<Gauges.Sample> samples, Routes routes) {
    int[] left = {MAX_BREAKERS};
    for (Target target : routes.targets()) {
      String instance = target.endpoint().id();
      target
          .endpoint()
          .breakers()
          .forEach(
              (method, breaker) -> {
                if (left[0]-- > 0) {
                  ForcedState forced = routes.forced().find(method, instance);
                  addStates(samples, method, instance, name(breaker.computed(), forced));
                }
              });
    }
  }

  private void addStates(
      List<Gauges.Sample> samples, String method, String instance, String current) {
    for (String name : BREAKER_STATES) {
      samples.add(
          state(
              "clearspan.breaker.state",
              name.equals(current) ? 1 : 0,
              Map.of(SERVER, service, METHOD, method, INSTANCE, instance, "state", name)));
    }
  }

  private static String name(BreakerView computed, @Nullable ForcedState forced) {
    String name = forced == null ? computed.state().name() : forced.kind().name();
    return name.toLowerCase(Locale.ROOT);
  }

  private Map<String, String> method(String method) {
    return Map.of(SERVER, service, METHOD, method);
  }

  private Map<String, String> attributes(Throttles.Key key) {
    return Map.of(SERVER, service, METHOD, key.method(), "criticality", key.criticality().label());
  }

  private Map<String, String> attributes(ChannelCounters.BreakerChange transition) {
    return Map.of(
        SERVER,
        service,
        "from",
        transition.from().label(),
        "to",
        transition.to().label(),
        "cause",
        transition.cause().label());
  }

  private static Gauges.Sample state(String name, double value, Map<String, String> attributes) {
    return new Gauges.Sample(name, value, attributes, false);
  }

  private static Gauges.Sample total(String name, double value, Map<String, String> attributes) {
    return new Gauges.Sample(name, value, attributes, true);
  }
}
