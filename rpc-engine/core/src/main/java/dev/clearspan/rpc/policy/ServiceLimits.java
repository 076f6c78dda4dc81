package dev.clearspan.rpc.policy;

import dev.clearspan.protocol.Policy;
import dev.clearspan.protocol.ServicePolicy;
import dev.clearspan.rpc.limit.FixedLimit;
import dev.clearspan.rpc.limit.LimitSettings;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What an instance takes of its callers.
 *
 * @param service limits of the instance, and the fixed ones of all its methods together
 * @param methods fixed limits of single methods, which hold beside those of the service
 */
public record ServiceLimits(LimitSettings service, Map<String, List<FixedLimit>> methods) {

  /** What a service's document says, valid by {@link PolicyRules}. */
  public static ServiceLimits of(ServicePolicy document) {
    Map<String, List<FixedLimit>> methods = new HashMap<>();
    document.getMethodsMap().forEach((name, policy) -> methods.put(name, fixed(policy)));
    methods.values().removeIf(List::isEmpty);
    return new ServiceLimits(LimitPart.read(document.getService().getLimit()), methods);
  }

  private static List<FixedLimit> fixed(Policy policy) {
    return LimitPart.read(policy.getLimit()).fixed();
  }
}
