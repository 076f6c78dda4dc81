package dev.clearspan.console.alert;

import dev.clearspan.console.intake.IntakeState;
import dev.clearspan.console.metric.CallAggregates;
import dev.clearspan.console.outage.Outages;
import dev.clearspan.console.recorder.RecorderState;
import dev.clearspan.console.registry.RegistryView;
import dev.clearspan.console.topology.TopologyModel;
import java.time.Clock;
import java.time.Instant;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What rules look at, as it is now. Thread-safe; the marks of what is compared with an earlier
 * round are moved by {@link #mark} only.
 */
public final class Signals {
  private final CallAggregates calls;
  private final TopologyModel topology;
  private final RegistryView registry;
  private final Outages outages;
  private final Supplier<RecorderState> recorders;
  private final Supplier<IntakeState> intake;
  private final DiscoveryAges ages;
  private final Clock clock;
  private final OpenBreakers breakers = new OpenBreakers();
  private final Refusals refusals = new Refusals();

  public Signals(
      CallAggregates calls,
      TopologyModel topology,
      RegistryView registry,
      Outages outages,
      Supplier<RecorderState> recorders,
      Supplier<IntakeState> intake,
      DiscoveryAges ages,
      Clock clock) {
    this.calls = calls;
    this.topology = topology;
    this.registry = registry;
    this.outages = outages;
    this.recorders = recorders;
    this.intake = intake;
    this.ages = ages;
    this.clock = clock;
  }

  /** Notes what the next round compares with. */
  void mark() {
    Instant now = clock.instant();
    breakers.note(topology.breakers(TopologyModel.DEFAULT_WINDOW), now);
    refusals.note(intake.get(), now);
  }

  /** What rules find now: all of them of the same moment, as near as can be. */
  Function<AlertRule, Observation> now() {
    Instant now = clock.instant();
    CallSignals ofCalls = new CallSignals(calls);
    RegistrySignals ofRegistry = new RegistrySignals(registry, breakers, outages, ages, now);
    TelemetrySignals ofTelemetry = new TelemetrySignals(recorders.get(), refusals, now);
    return rule ->
        switch (rule.kind()) {
          case ERROR_SHARE, LATENCY_P50, LATENCY_P99, RATE -> ofCalls.of(rule);
          case BREAKER_OPEN -> ofRegistry.breakers(rule.target());
          case INSTANCE_OUTAGE -> ofRegistry.outages(rule.target());
          case DISCOVERY_AGE -> ofRegistry.ages(rule.target());
          case TELEMETRY_LOSS -> ofTelemetry.loss(rule.target());
          case TELEMETRY_SHED -> ofTelemetry.shed(rule.target());
          case INTAKE_REFUSED -> ofTelemetry.refused();
        };
  }
}
