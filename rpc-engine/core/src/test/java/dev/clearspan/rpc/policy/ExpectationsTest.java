package dev.clearspan.rpc.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clearspan.rpc.policy.Expectation.Above;
import dev.clearspan.rpc.policy.Expectation.AtMost;
import dev.clearspan.rpc.policy.Expectation.Between;
import dev.clearspan.rpc.policy.Expectation.OneOf;
import org.junit.jupiter.api.Test;

class ExpectationsTest {
  @Test
  void theChecksThemselvesSayWhatTheyExpect() {
    assertThat(PolicyRules.expectations())
        .containsEntry("retry.maxAttempts", new Between(1, 5))
        .containsEntry("deadline.attemptTimeout", new Between(0.001, 3_600))
        .containsEntry("balancer.zoneMinimum", new Between(0, 1))
        .containsEntry("balancer.adaptive.lowest", new Between(0.01, 1))
        .containsEntry("breaker.failureRate", new Above(0, 1))
        .containsEntry("telemetry.slowThreshold", new Between(0.001, 3_600))
        .containsEntry("telemetry.slowFactor", new Between(1, 100))
        .containsEntry("telemetry.keep", new AtMost(16));
    assertThat(PolicyRules.expectations().get("retry.retryableCodes[]"))
        .isInstanceOfSatisfying(
            OneOf.class,
            codes -> assertThat(codes.words()).contains("UNAVAILABLE").doesNotContain("OK"));
  }

  @Test
  void whatBelongsToTheServiceIsKnown() {
    assertThat(PolicyRules.serviceOnly())
        .containsExactlyInAnyOrder(
            "balancer.subset",
            "balancer.adaptive",
            "retry.budgetTokens",
            "telemetry.keep",
            "limit.adaptive",
            "limit.maxQueue",
            "limit.throttle",
            "outlier");
  }
}
