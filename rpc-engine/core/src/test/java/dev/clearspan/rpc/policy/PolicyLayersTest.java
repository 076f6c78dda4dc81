package dev.clearspan.rpc.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import dev.clearspan.protocol.Policy;
import dev.clearspan.protocol.ServicePolicy;
import dev.clearspan.rpc.MethodKind;
import dev.clearspan.rpc.Status;
import dev.clearspan.rpc.balance.BalancerSettings.Algorithm;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class PolicyLayersTest {
  private static final String GET = "shop.Orders/Get";

  @Test
  void methodWinsOverServiceOverCodeOverDefaultFieldByField() throws Exception {
    Policy code =
        policy(
            """
            {"retry": {"maxAttempts": 2, "initialBackoff": "1.500s", "maxBackoff": "9s"},
             "deadline": {"timeout": "7s"}}
            """);
    ServicePolicy document =
        document(
            """
            {"service": {"retry": {"initialBackoff": "2s", "retryableCodes": ["ABORTED", "INTERNAL"]},
                         "balancer": {"algorithm": "SMOOTH_WEIGHTED_ROUND_ROBIN"}},
             "methods": {"shop.Orders/Get": {"retry": {"maxAttempts": 4,
                                                       "retryableCodes": ["UNKNOWN"]}}}}
            """);

    MethodPolicy get = PolicyLayers.resolve(document, code, GET);

    assertThat(get.retry().maxAttempts()).isEqualTo(4);
    assertThat(get.retry().initialBackoff()).isEqualTo(Duration.ofSeconds(2));
    assertThat(get.retry().maxBackoff()).isEqualTo(Duration.ofSeconds(9));
    assertThat(get.retry().retryableCodes()).containsExactly(Status.Code.UNKNOWN);
    assertThat(get.retry().budgetTokens()).isEqualTo(10);
    assertThat(get.deadline().timeout()).isEqualTo(Duration.ofSeconds(7));
    assertThat(get.balancer().algorithm()).isEqualTo(Algorithm.SMOOTH_WEIGHTED_ROUND_ROBIN);
    MethodPolicy other = PolicyLayers.resolve(document, code, "shop.Orders/Place");
    assertThat(other.retry().maxAttempts()).isEqualTo(2);
    assertThat(other.retry().retryableCodes())
        .containsExactlyInAnyOrder(Status.Code.ABORTED, Status.Code.INTERNAL);
  }

  @Test
  void withoutAnyLayerTheDefaultsHold() {
    MethodPolicy policy =
        PolicyLayers.resolve(ServicePolicy.getDefaultInstance(), Policy.getDefaultInstance(), GET);

    assertThat(policy).isEqualTo(MethodPolicy.DEFAULT);
    assertThat(policy.deadline().callNanos(MethodKind.QUERY, null)).isEqualTo(seconds(1));
    assertThat(policy.deadline().callNanos(MethodKind.WRITE, null)).isEqualTo(seconds(3));
    assertThat(policy.deadline().callNanos(MethodKind.EXTERNAL, null)).isEqualTo(seconds(5));
    assertThat(policy.deadline().callNanos(MethodKind.QUERY, Duration.ofHours(9)))
        .isEqualTo(seconds(300));
    assertThat(policy.deadline().attemptNanos(MethodKind.QUERY, seconds(3))).isEqualTo(seconds(1));
    assertThat(policy.deadline().attemptNanos(MethodKind.QUERY, seconds(1) / 2))
        .isEqualTo(seconds(1) / 3);
    assertThat(policy.deadline().attemptNanos(MethodKind.QUERY, seconds(1) / 9))
        .isEqualTo(seconds(1) / 9);
    assertThat(policy.deadline().attemptNanos(MethodKind.WRITE, seconds(3))).isEqualTo(seconds(3));
  }

  @Test
  void falseAndZeroAreValuesWhereTheSchemaHasPresence() throws Exception {
    ServicePolicy document =
        document(
            """
            {"service": {"breaker": {"enabled": false}, "retry": {"budgetTokens": 0},
                         "balancer": {"slowStart": "0s"}}}
            """);

    MethodPolicy policy = PolicyLayers.resolve(document, Policy.getDefaultInstance(), GET);

    assertThat(policy.breaker().enabled()).isFalse();
    assertThat(policy.retry().budgetTokens()).isZero();
    assertThat(policy.balancer().slowStart()).isZero();
  }

  @Test
  void aLongFirstOpenTimeRaisesTheDefaultMaximum() throws Exception {
    ServicePolicy document = document("{\"service\": {\"breaker\": {\"open\": \"120s\"}}}");

    assertThat(PolicyLayers.resolve(document, Policy.getDefaultInstance(), GET).breaker().maxOpen())
        .isEqualTo(Duration.ofSeconds(120));
  }

  private static long seconds(int value) {
    return Duration.ofSeconds(value).toNanos();
  }

  private static Policy policy(String json) throws InvalidProtocolBufferException {
    Policy.Builder policy = Policy.newBuilder();
    JsonFormat.parser().merge(json, policy);
    return policy.build();
  }

  private static ServicePolicy document(String json) throws InvalidProtocolBufferException {
    ServicePolicy.Builder document = ServicePolicy.newBuilder();
    JsonFormat.parser().merge(json, document);
    return document.build();
  }
}
