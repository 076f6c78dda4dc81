package dev.clearspan.rpc.policy;

import dev.clearspan.protocol.Policy;
import dev.clearspan.rpc.balance.BalancerSettings;
import dev.clearspan.rpc.breaker.BreakerSettings;
import dev.clearspan.rpc.fallback.FallbackSettings;
import dev.clearspan.rpc.fault.Fault;
import dev.clearspan.rpc.limit.LimitSettings;
import dev.clearspan.rpc.outlier.OutlierSettings;
import dev.clearspan.rpc.retry.HedgeSettings;
import dev.clearspan.rpc.retry.RetrySettings;
import dev.clearspan.rpc.route.RouteRule;
import java.util.List;

/** What holds for the calls of one method, all layers merged and all defaults filled in. */
public record MethodPolicy(
    DeadlineSettings deadline,
    BalancerSettings balancer,
    RetrySettings retry,
    BreakerSettings breaker,
    LimitSettings limit,
    OutlierSettings outlier,
    HedgeSettings hedge,
    FallbackSettings fallback,
    List<Fault> faults,
    List<RouteRule> routes) {

  public static final MethodPolicy DEFAULT = of(Policy.getDefaultInstance());

  /**
   * The policy with the built-in default in place of every field left out.
   *
   * @param policy valid by {@link PolicyRules}
   */
  public static MethodPolicy of(Policy policy) {
    return new MethodPolicy(
        DeadlinePart.read(policy.getDeadline()),
        BalancerPart.read(policy.getBalancer()),
        RetryPart.read(policy.getRetry()),
        BreakerPart.read(policy.getBreaker()),
        LimitPart.read(policy.getLimit()),
        OutlierPart.read(policy.getOutlier()),
        HedgePart.read(policy.getHedge()),
        FallbackPart.read(policy.getFallback()),
        FaultPart.read(policy.getFault()),
        RoutePart.read(policy.getRoute()));
  }
}
