package dev.clearspan.rpc.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clearspan.protocol.Policy;
import dev.clearspan.protocol.TelemetryPolicy;
import dev.clearspan.rpc.RpcChannel;
import dev.clearspan.rpc.ledger.SlowRule;
import dev.clearspan.rpc.ledger.TelemetryRules;
import org.junit.jupiter.api.Test;

/** A channel tells its ledger what is to be recorded of the calls to its service. */
class TelemetryRulesTest extends ChannelFixture {
  private static final Policy RATE_IN_CODE =
      Policy.newBuilder()
          .setTelemetry(TelemetryPolicy.newBuilder().setHeadSampleRate(0.25))
          .build();

  @Test
  void aPolicysTelemetryReachesTheLedgerBeforeTheRevisionIsAcknowledged() {
    open();
    policy("{\"service\": {\"telemetry\": {\"slowFactor\": 3}}}");

    assertThat(told().of(GET.fullName()).slow()).isEqualTo(new SlowRule.TimesP99(3));
    policy("{}");
    assertThat(told()).isEqualTo(TelemetryRules.NONE);
  }

  @Test
  void aPolicyOutOfRangeLeavesWhatWasToldBefore() {
    open();
    policy("{\"service\": {\"telemetry\": {\"headSampleRate\": 0.5}}}");

    assertThatThrownBy(() -> policy("{\"service\": {\"telemetry\": {\"headSampleRate\": 7}}}"))
        .hasMessageContaining("headSampleRate: 7");
    assertThat(told().others().headSampleRate()).isEqualTo(0.5);
  }

  @Test
  void theCallersCodeIsTheLowerLayerWithARegistryAndWithout() {
    open(builder -> builder.policy(RATE_IN_CODE));
    assertThat(told().others().headSampleRate()).isEqualTo(0.25);
    policy("{\"service\": {\"telemetry\": {\"headSampleRate\": 1}}}");
    assertThat(told().others().headSampleRate()).isEqualTo(1);

    RpcChannel direct = builder().policy(RATE_IN_CODE).target("10.0.0.1", 1).build();
    assertThat(told().others().headSampleRate()).isEqualTo(0.25);
    direct.close();
  }

  private TelemetryRules told() {
    return ledger.telemetryOf("payments");
  }
}
