package dev.clearspan.rpc.control;

import dev.clearspan.protocol.ForcedBreakers;
import dev.clearspan.protocol.InstanceControl;
import dev.clearspan.protocol.ServicePolicy;
import java.util.List;
import java.util.Map;

/**
 * Everything operators have set for one service, at one revision. Immutable. Expired overrides are
 * not filtered here: whoever applies the rules looks at the clock.
 *
 * @param service the called service
 * @param revision registry revision up to which all control values of the service are contained
 * @param policy the service's policy; the default instance when there is none. When the stored
 *     document is malformed or out of range, the last good one, and {@code refused} says why
 * @param controls overrides by instance id
 * @param forced forced breakers
 * @param refused documents that were not applied, each "key: reason"
 * @param ignoredFields fields of the policy that this version does not know
 */
public record ServiceRules(
    String service,
    long revision,
    ServicePolicy policy,
    Map<String, InstanceControl> controls,
    ForcedBreakers forced,
    List<String> refused,
    List<String> ignoredFields) {

  public ServiceRules {
    controls = Map.copyOf(controls);
    refused = List.copyOf(refused);
    ignoredFields = List.copyOf(ignoredFields);
  }

  public static ServiceRules none(String service) {
    return new ServiceRules(
        service,
        0,
        ServicePolicy.getDefaultInstance(),
        Map.of(),
        ForcedBreakers.getDefaultInstance(),
        List.of(),
        List.of());
  }
}
