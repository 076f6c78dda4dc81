package dev.clearspan.console.preview;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clearspan.console.metric.CallSteps;
import dev.clearspan.protocol.ServicePolicy;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * All that a forecast goes by.
 *
 * @param revision of the current policy
 * @param defaults what holds where no document says anything
 * @param steps what callers counted
 * @param instances of the service
 * @param callers those that have a channel to it, by service
 * @param to end of the last step
 */
record Scene(
    String service,
    long revision,
    ServicePolicy current,
    ServicePolicy draft,
    JsonNode defaults,
    List<CallSteps> steps,
    List<KnownInstance> instances,
    Map<String, KnownCaller> callers,
    Instant to) {

  /**
   * An instance.
   *
   * @param weight what an operator set, else what it registered
   * @param usable whether calls may go to it
   */
  record KnownInstance(String id, double weight, String zone, boolean usable) {}

  /**
   * A calling service.
   *
   * @param zones one entry per process; empty: not known
   */
  record KnownCaller(List<String> zones) {
    static final KnownCaller UNKNOWN = new KnownCaller(List.of(""));

    int processes() {
      return zones.size();
    }
  }

  KnownCaller caller(String name) {
    return callers.getOrDefault(name, KnownCaller.UNKNOWN);
  }

  /** What was counted of attempts, by caller, method and instance. */
  List<CallSteps> attempts() {
    return steps.stream().filter(CallSteps::isAttempts).toList();
  }

  /** What was counted of logical calls, by caller and method. */
  List<CallSteps> calls() {
    return steps.stream().filter(row -> !row.isAttempts()).toList();
  }

  Instant from() {
    return to.minusMillis((long) stepCount() * CallSteps.STEP_MILLIS);
  }

  /** When a step began. */
  Instant at(int step) {
    return from().plusMillis((long) step * CallSteps.STEP_MILLIS);
  }

  private int stepCount() {
    return steps.isEmpty() ? 0 : steps.get(0).steps().size();
  }
}
