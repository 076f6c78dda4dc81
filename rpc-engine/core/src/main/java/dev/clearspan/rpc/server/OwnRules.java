package dev.clearspan.rpc.server;

import dev.clearspan.protocol.Policy;
import dev.clearspan.rpc.control.ServiceRules;
import dev.clearspan.rpc.ledger.CallLedger;
import dev.clearspan.rpc.policy.PolicyRules;
import dev.clearspan.rpc.policy.ServiceLimits;
import dev.clearspan.rpc.policy.ServiceTelemetry;
import dev.clearspan.rpc.policy.Violation;
import java.util.List;
import java.util.function.Consumer;

/**
 * What the rules of a service mean for its own servers: what is recorded, and what is taken. They
 * are in force when {@link #accept} returns, which is what a server acknowledges.
 */
final class OwnRules implements Consumer<ServiceRules> {
  private final CallLedger ledger;
  private final CallGate gate;

  OwnRules(CallLedger ledger, CallGate gate) {
    this.ledger = ledger;
    this.gate = gate;
  }

  /**
   * Applies them.
   *
   * @throws IllegalArgumentException if the policy is out of range: the last good one stays
   */
  @Override
  public void accept(ServiceRules rules) {
    List<Violation> violations = PolicyRules.check(rules.policy());
    if (!violations.isEmpty()) {
      throw new IllegalArgumentException("policy: " + violations.get(0));
    }
    ledger.telemetry(
        rules.service(), ServiceTelemetry.of(rules.policy(), Policy.getDefaultInstance()));
    gate.limits(ServiceLimits.of(rules.policy()));
  }
}
