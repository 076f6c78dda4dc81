package dev.clearspan.etcd;

import dev.clearspan.protocol.BreakerState;
import dev.clearspan.protocol.ForcedBreaker;
import dev.clearspan.protocol.ForcedBreakers;
import dev.clearspan.protocol.Instance;
import dev.clearspan.protocol.InstanceControl;
import dev.clearspan.protocol.ServicePolicy;
import dev.clearspan.rpc.discovery.InstanceRules;
import java.util.Optional;
import java.util.function.Function;

/** Turns the values of a service's keys into messages, or says why they are not used. */
final class RegistryValues {
  static final int MAX_INSTANCE_BYTES = 4 * 1024;
  static final int MAX_CONTROL_BYTES = 1024;
  static final int MAX_POLICY_BYTES = 256 * 1024;
  static final int MAX_BREAKER_BYTES = 64 * 1024;
  static final int MAX_STATUS_BYTES = 8 * 1024;
  private static final int MAX_FORCED = 256;

  private final AddressAllowList allowed;
  private final Function<ServicePolicy, Optional<String>> policyRules;

  RegistryValues(AddressAllowList allowed, Function<ServicePolicy, Optional<String>> policyRules) {
    this.allowed = allowed;
    this.policyRules = policyRules;
  }

  /** An instance whose service and id must be those of its key. */
  Parsed<Instance> instance(Stored stored, String service, String instanceId) {
    Parsed<Instance> parsed = JsonValues.parse(stored, MAX_INSTANCE_BYTES, Instance.newBuilder());
    return checked(parsed, instance -> instanceProblem(instance, service, instanceId));
  }

  Parsed<InstanceControl> control(Stored stored) {
    Parsed<InstanceControl> parsed =
        JsonValues.parse(stored, MAX_CONTROL_BYTES, InstanceControl.newBuilder());
    return checked(parsed, RegistryValues::controlProblem);
  }

  Parsed<ForcedBreakers> breakers(Stored stored) {
    Parsed<ForcedBreakers> parsed =
        JsonValues.parse(stored, MAX_BREAKER_BYTES, ForcedBreakers.newBuilder());
    return checked(parsed, RegistryValues::breakersProblem);
  }

  Parsed<ServicePolicy> policy(Stored stored) {
    Parsed<ServicePolicy> parsed =
        JsonValues.parse(stored, MAX_POLICY_BYTES, ServicePolicy.newBuilder());
    return checked(parsed, policyRules);
  }

  private static <M> Parsed<M> checked(
      Parsed<M> parsed, Function<? super M, Optional<String>> problem) {
    if (parsed instanceof Parsed.Valid<M> valid) {
      return problem.apply(valid.message()).<Parsed<M>>map(Parsed.Invalid::new).orElse(valid);
    }
    return parsed;
  }

  private Optional<String> instanceProblem(Instance instance, String service, String instanceId) {
    if (!instance.getService().equals(service) || !instance.getInstanceId().equals(instanceId)) {
      return Optional.of(
          "key: belongs to another service or instanceId than the value names (expected: the"
              + " same)");
    }
    return InstanceRules.violation(instance).or(() -> allowed.violation(instance.getHost()));
  }

  private static Optional<String> controlProblem(InstanceControl control) {
    if (control.hasWeight()
        && (control.getWeight() < 0 || control.getWeight() > InstanceRules.MAX_WEIGHT)) {
      return Optional.of(
          "weight: " + control.getWeight() + " (expected: 0 to " + InstanceRules.MAX_WEIGHT + ")");
    }
    return Optional.empty();
  }

  private static Optional<String> breakersProblem(ForcedBreakers breakers) {
    if (breakers.getForcedCount() > MAX_FORCED) {
      return Optional.of(
          "forced: " + breakers.getForcedCount() + " entries (expected: at most 256)");
    }
    for (ForcedBreaker forced : breakers.getForcedList()) {
      if (forced.getState() == BreakerState.BREAKER_STATE_UNSPECIFIED
          || forced.getState() == BreakerState.UNRECOGNIZED) {
        return Optional.of("state: missing (expected: OPEN, CLOSED, HALF_OPEN or DISABLED)");
      }
    }
    return Optional.empty();
  }
}
