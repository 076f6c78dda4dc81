package dev.clearspan.rpc.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import dev.clearspan.protocol.Policy;
import dev.clearspan.protocol.ServicePolicy;
import dev.clearspan.rpc.policy.PolicyOrigins.Layer;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PolicyOriginsTest {
  @Test
  void methodBeatsServiceBeatsCode_fieldByField() throws Exception {
    Policy code = read("{'retry': {'maxAttempts': 2, 'maxBackoff': '3s'}}", Policy.newBuilder());

    assertThat(PolicyOrigins.of(document(), code, "shop.Orders/Get"))
        .isEqualTo(
            Map.of(
                "retry.maxAttempts", Layer.METHOD,
                "retry.initialBackoff", Layer.SERVICE,
                "retry.maxBackoff", Layer.CODE,
                "balancer.adaptive.lowest", Layer.SERVICE,
                "telemetry.slowFactor", Layer.METHOD));
    assertThat(PolicyOrigins.of(document(), code, "shop.Orders/Other"))
        .containsEntry("retry.maxAttempts", Layer.SERVICE)
        .containsEntry("telemetry.slowThreshold", Layer.SERVICE)
        .doesNotContainKey("telemetry.slowFactor");
  }

  @Test
  void theOriginsAreThoseOfTheMergedPolicy() throws Exception {
    Policy code = read("{'breaker': {'enabled': false}}", Policy.newBuilder());
    Policy merged = PolicyLayers.merge(document(), code, "shop.Orders/Get");

    assertThat(PolicyOrigins.of(document(), code, "shop.Orders/Get").keySet())
        .isEqualTo(PolicyOrigins.of(ServicePolicy.getDefaultInstance(), merged, "").keySet());
  }

  private static ServicePolicy document() throws Exception {
    return read(
        """
        {'service': {'retry': {'maxAttempts': 3, 'initialBackoff': '1s'},
                     'balancer': {'adaptive': {'lowest': 0.5}},
                     'telemetry': {'slowThreshold': '1s'}},
         'methods': {'shop.Orders/Get': {'retry': {'maxAttempts': 4},
                                         'telemetry': {'slowFactor': 2}}}}
        """,
        ServicePolicy.newBuilder());
  }

  @SuppressWarnings("unchecked") // The caller's builder builds M.
  private static <M extends Message> M read(String json, Message.Builder into) throws Exception {
    JsonFormat.parser().merge(json.replace('\'', '"'), into);
    return (M) into.build();
  }
}
