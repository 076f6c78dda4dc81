package dev.clearspan.console.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.util.JsonFormat;
import dev.clearspan.console.web.Json;
import dev.clearspan.protocol.Policy;
import dev.clearspan.rpc.policy.MethodPolicy;
import org.junit.jupiter.api.Test;

class PolicyDefaultsTest {
  private final ObjectNode shown = (ObjectNode) Json.lenient(PolicyDefaults.JSON);

  @Test
  void whatIsShownIsWhatTheEngineDoes() throws Exception {
    shown.remove("deadline"); // by the method's kind, which no document can say

    Policy.Builder policy = Policy.newBuilder();
    JsonFormat.parser().merge(shown.toString(), policy);

    assertThat(MethodPolicy.of(policy.build())).isEqualTo(MethodPolicy.DEFAULT);
  }

  @Test
  void eachPartWithDefaultsIsShown() {
    assertThat(shown.fieldNames())
        .toIterable()
        .containsExactly(
            "deadline", "balancer", "retry", "breaker", "outlier", "limit", "hedge", "fallback");
  }
}
