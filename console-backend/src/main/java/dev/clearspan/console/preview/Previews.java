package dev.clearspan.console.preview;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clearspan.console.change.Services;
import dev.clearspan.console.metric.CallAggregates;
import dev.clearspan.console.metric.CallSteps;
import dev.clearspan.console.policy.Policies;
import dev.clearspan.console.preview.Scene.KnownCaller;
import dev.clearspan.console.preview.Scene.KnownInstance;
import dev.clearspan.console.problem.ProblemException;
import dev.clearspan.console.registry.RegistrySnapshot;
import dev.clearspan.console.registry.RegistryView;
import dev.clearspan.console.registry.Stored;
import dev.clearspan.console.topology.InstanceDetail;
import dev.clearspan.console.topology.InstanceState;
import dev.clearspan.console.topology.TopologyModel;
import dev.clearspan.console.trace.TraceStore;
import dev.clearspan.protocol.Instance;
import dev.clearspan.protocol.ProcessStatus;
import dev.clearspan.protocol.ServicePolicy;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Semaphore;

/** Previews drafts of policies, one at a time. Thread-safe. */
public final class Previews {
  private static final int RETRY_AFTER_SECONDS = 1;

  private final Policies policies;
  private final RegistryView registry;
  private final TopologyModel topology;
  private final CallAggregates calls;
  private final Examples examples;
  private final Clock clock;
  private final Semaphore turn = new Semaphore(1);

  public Previews(
      Policies policies,
      RegistryView registry,
      TopologyModel topology,
      CallAggregates calls,
      TraceStore traces,
      Clock clock) {
    this.policies = policies;
    this.registry = registry;
    this.topology = topology;
    this.calls = calls;
    this.examples = new Examples(traces);
    this.clock = clock;
  }

  /**
   * What a draft would change; changes nothing.
   *
   * @throws ProblemException 404 for a service that is not there, 422 naming the field for a draft
   *     that would be refused, 429 while another preview is under way
   */
  public Preview of(String service, JsonNode document) {
    RegistrySnapshot snapshot = registry.snapshot();
    Services.require(snapshot, service);
    ServicePolicy draft = policies.read(document);
    if (!turn.tryAcquire()) {
      throw ProblemException.tooMany(
          "Another preview is under way (expected: one at a time). Try again in a second.",
          RETRY_AFTER_SECONDS);
    }
    try {
      return examples.addTo(Forecast.of(scene(snapshot, service, draft)));
    } finally {
      turn.release();
    }
  }

  private Scene scene(RegistrySnapshot snapshot, String service, ServicePolicy draft) {
    Stored<ServicePolicy> current = snapshot.policies().get(service);
    return new Scene(
        service,
        current == null ? 0 : current.revision(),
        current == null ? ServicePolicy.getDefaultInstance() : current.value(),
        draft,
        policies.defaults(),
        calls.steps(service),
        topology.services(TopologyModel.DEFAULT_WINDOW).instances(service).stream()
            .map(Previews::instance)
            .toList(),
        callers(snapshot, service),
        endOfStep(clock.instant()));
  }

  private static KnownInstance instance(InstanceDetail detail) {
    boolean drained = detail.control() != null && detail.control().drain();
    boolean usable = detail.state() == InstanceState.UP || detail.state() == InstanceState.SUSPECT;
    return new KnownInstance(
        detail.id(), detail.weight().configured(), detail.zone(), usable && !drained);
  }

  private static Map<String, KnownCaller> callers(RegistrySnapshot snapshot, String service) {
    Map<String, List<String>> zones = new TreeMap<>();
    for (ProcessStatus process : snapshot.callersOf(service)) {
      Instance own = snapshot.instancesOf(process.getService()).get(process.getInstanceId());
      zones
          .computeIfAbsent(process.getService(), key -> new ArrayList<>())
          .add(own == null ? "" : own.getZone());
    }
    Map<String, KnownCaller> callers = new TreeMap<>();
    zones.forEach((caller, found) -> callers.put(caller, new KnownCaller(List.copyOf(found))));
    return callers;
  }

  private static Instant endOfStep(Instant now) {
    long step = Math.floorDiv(now.toEpochMilli(), CallSteps.STEP_MILLIS) + 1;
    return Instant.ofEpochMilli(step * CallSteps.STEP_MILLIS);
  }
}
