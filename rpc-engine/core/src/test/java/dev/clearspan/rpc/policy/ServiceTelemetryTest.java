package dev.clearspan.rpc.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import dev.clearspan.protocol.Policy;
import dev.clearspan.protocol.ServicePolicy;
import dev.clearspan.rpc.ledger.KeepOrder;
import dev.clearspan.rpc.ledger.SlowRule;
import dev.clearspan.rpc.ledger.TelemetryRule;
import dev.clearspan.rpc.ledger.TelemetryRules;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What is recorded of which method, out of all layers. */
class ServiceTelemetryTest {
  private static final Instant UNTIL = Instant.parse("2026-11-22T12:01:00Z");

  @Test
  void methodWinsOverServiceOverCode() throws Exception {
    TelemetryRules rules =
        ServiceTelemetry.of(
            document(
                """
                {"service": {"telemetry": {"slowThreshold": "0.250s", "keptAttributes": ["tenant"]}},
                 "methods": {"shop.Orders/Get": {"telemetry": {"slowFactor": 4}},
                             "shop.Orders/Place": {"telemetry": {"keptAttributes": ["user"]}}}}
                """),
            code("{\"telemetry\": {\"headSampleRate\": 0.1, \"slowFactor\": 9}}"));

    assertThat(rules.others().slow()).isEqualTo(new SlowRule.Fixed(250_000_000));
    assertThat(rules.others().headSampleRate()).isEqualTo(0.1);
    assertThat(rules.of("shop.Orders/Get").slow()).isEqualTo(new SlowRule.TimesP99(4));
    assertThat(rules.of("shop.Orders/Get").keptAttributes()).containsExactly("tenant");
    assertThat(rules.of("shop.Orders/Place").keptAttributes()).containsExactly("user");
    assertThat(rules.of("shop.Orders/Place").slow()).isEqualTo(new SlowRule.Fixed(250_000_000));
  }

  @Test
  void anOrderHoldsForItsMethodOrForAll() throws Exception {
    TelemetryRules rules =
        ServiceTelemetry.of(
            document(
                """
                {"service": {"telemetry": {"keep": [
                   {"caller": "storefront", "since": "2026-11-22T12:00:00Z",
                    "until": "2026-11-22T12:01:00Z"},
                   {"caller": "batch", "method": "shop.Orders/Get",
                    "since": "2026-11-22T12:00:00Z", "until": "2026-11-22T12:01:00Z"}]}},
                 "methods": {"shop.Orders/Place": {"retry": {"maxAttempts": 1}}}}
                """),
            Policy.getDefaultInstance());

    KeepOrder all = new KeepOrder("storefront", UNTIL);
    assertThat(rules.of("shop.Orders/Get").keeps())
        .containsExactly(all, new KeepOrder("batch", UNTIL));
    assertThat(rules.of("shop.Orders/Place").keeps()).containsExactly(all);
    assertThat(rules.others().keeps()).containsExactly(all);
  }

  @Test
  void withoutATelemetryPartTheProcessDecides() throws Exception {
    TelemetryRules rules =
        ServiceTelemetry.of(
            document("{\"service\": {\"retry\": {\"maxAttempts\": 2}}}"),
            Policy.getDefaultInstance());

    assertThat(rules).isEqualTo(TelemetryRules.NONE);
    assertThat(rules.of("any.Thing/Goes")).isEqualTo(TelemetryRule.DEFAULT);
  }

  private static ServicePolicy document(String json) throws InvalidProtocolBufferException {
    ServicePolicy.Builder document = ServicePolicy.newBuilder();
    JsonFormat.parser().merge(json, document);
    assertThat(PolicyRules.check(document.build())).isEmpty();
    return document.build();
  }

  private static Policy code(String json) throws InvalidProtocolBufferException {
    Policy.Builder policy = Policy.newBuilder();
    JsonFormat.parser().merge(json, policy);
    return policy.build();
  }
}
