package dev.clearspan.console.api;

import dev.clearspan.console.alert.AlertSummary;
import dev.clearspan.console.grafana.GrafanaProxy;
import dev.clearspan.console.grafana.GrafanaState;
import dev.clearspan.console.intake.IntakeState;
import dev.clearspan.console.recorder.RecorderState;
import dev.clearspan.console.registry.RegistrySnapshot;
import dev.clearspan.console.registry.RegistryView;
import dev.clearspan.console.trace.TraceStoreState;
import dev.clearspan.console.web.CertificateState;
import dev.clearspan.rpc.control.ControlStore;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Makes the {@link SystemState}.
 *
 * @param grafana null: none
 */
public record SystemReport(
    String env,
    String version,
    Instant startedAt,
    RegistryView registry,
    Supplier<IntakeState> intake,
    Supplier<TraceStoreState> traces,
    Supplier<RecorderState> recorders,
    Supplier<AlertSummary> alerts,
    @Nullable GrafanaProxy grafana,
    Supplier<List<CertificateState>> certificates,
    Supplier<SystemState.Stores> stores) {

  private static final List<SystemState.Dashboard> DASHBOARDS =
      List.of(
          new SystemState.Dashboard(
              "clearspan-service", "Service", List.of("job", "instance", "service", "method")));

  public SystemState now() {
    RegistrySnapshot snapshot = registry.snapshot();
    return new SystemState(
        env,
        version,
        startedAt,
        registryState(),
        intakeState(intake.get()),
        traceState(traces.get()),
        recorderState(recorders.get()),
        alerts.get(),
        snapshot.statuses().size(),
        snapshot.ignored(),
        grafana == null ? null : grafanaState(grafana.state()),
        certificates.get(),
        stores.get());
  }

  SystemState.Registry registryState() {
    ControlStore.Health health = registry.health();
    return new SystemState.Registry(
        health.connected(), health.revision(), health.ageMillis(), health.detail());
  }

  private static SystemState.Grafana grafanaState(GrafanaState state) {
    return new SystemState.Grafana(
        state.url(),
        state.port(),
        state.path(),
        state.up(),
        state.detail(),
        state.version(),
        state.checkedAt(),
        DASHBOARDS);
  }

  private static SystemState.Intake intakeState(IntakeState state) {
    return new SystemState.Intake(
        state.spansReceived(),
        state.spansPerSecond(),
        state.spansDropped(),
        state.spansDroppedPerSecond(),
        state.truncatedValues(),
        state.metricPointsReceived(),
        state.metricPointsRejected(),
        state.logsReceived(),
        state.logsDropped(),
        state.rejectedRequests(),
        state.queueDepth());
  }

  private static SystemState.Recorders recorderState(RecorderState state) {
    return new SystemState.Recorders(
        state.processes().size(), state.lostPerSecond(), state.shedding());
  }

  private static SystemState.Traces traceState(TraceStoreState state) {
    return new SystemState.Traces(
        state.traces(),
        state.spans(),
        state.bytes(),
        state.maxBytes(),
        state.oldest(),
        state.retentionHours(),
        state.corruptFragments(),
        state.notice());
  }
}
