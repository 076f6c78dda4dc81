package dev.clearspan.console;

import dev.clearspan.console.api.SystemState;
import dev.clearspan.console.metric.CallAggregates;
import dev.clearspan.console.metric.MetricStore;
import dev.clearspan.console.metric.PrometheusMetricStore;
import dev.clearspan.console.metric.RecentFirst;
import dev.clearspan.console.remote.RemoteJson;
import dev.clearspan.console.remote.RemoteProbe;
import dev.clearspan.console.remote.RemoteState;
import dev.clearspan.console.trace.JaegerTraceStore;
import dev.clearspan.console.trace.TraceStore;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What answers for traces and metrics: the console itself, or others that it asks. {@link #run} has
 * one caller and finds out whether the others answer; all else is for any.
 */
final class Stores implements Runnable {
  private final TraceStore traces;
  private final MetricStore metrics;
  private final List<RemoteProbe> probes = new ArrayList<>();
  private Supplier<RemoteState> jaeger = () -> RemoteState.UNKNOWN;
  private Supplier<RemoteState> prometheus = () -> RemoteState.UNKNOWN;

  /**
   * What the settings say, given what the console has of its own.
   *
   * @throws IllegalArgumentException if authorities cannot be read
   */
  Stores(StoreConfig config, TraceStore file, CallAggregates calls, InstantSource clock) {
    if (config.jaeger() == null) {
      traces = file;
    } else {
      RemoteJson server = new RemoteJson(config.jaeger());
      traces = new JaegerTraceStore(server, file, clock);
      jaeger = server::state;
      probes.add(new RemoteProbe(server, "/api/services", Map.of(), clock));
    }
    if (config.prometheus() == null) {
      metrics = calls;
    } else {
      RemoteJson server = new RemoteJson(config.prometheus());
      metrics =
          new RecentFirst(
              calls, new PrometheusMetricStore(server, config.promReach(), clock), clock);
      prometheus = server::state;
      probes.add(new RemoteProbe(server, "/api/v1/query", Map.of("query", "1"), clock));
    }
  }

  TraceStore traces() {
    return traces;
  }

  MetricStore metrics() {
    return metrics;
  }

  @Override
  public void run() {
    probes.forEach(RemoteProbe::run);
  }

  SystemState.Stores state() {
    TraceStore.Description ofTraces = traces.description();
    MetricStore.Description ofMetrics = metrics.description();
    return new SystemState.Stores(
        store(ofTraces.kind(), ofTraces.where(), jaeger.get(), null, ofTraces.limits()),
        store(
            ofMetrics.kind(),
            ofMetrics.where(),
            prometheus.get(),
            ofMetrics.reach().toSeconds(),
            ofMetrics.limits()));
  }

  private static SystemState.Store store(
      String kind,
      String where,
      RemoteState state,
      @Nullable Long reachSeconds,
      List<String> limits) {
    return new SystemState.Store(
        kind, where, state.up(), state.detail(), state.checkedAt(), reachSeconds, limits);
  }
}
