package dev.clearspan.rpc.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clearspan.protocol.CodePolicy;
import dev.clearspan.protocol.Policy;
import dev.clearspan.protocol.RetryPolicy;
import org.junit.jupiter.api.Test;

class CodePolicyTest extends ChannelFixture {
  private static final Policy TWICE =
      Policy.newBuilder().setRetry(RetryPolicy.newBuilder().setMaxAttempts(2)).build();

  @Test
  void operatorsSeeWhatTheCodeAsksFor() {
    open(builder -> builder.policy(TWICE));

    assertThat(status().getCodeList())
        .containsExactly(CodePolicy.newBuilder().setService("payments").setPolicy(TWICE).build());
  }

  @Test
  void codeThatAsksForNothingSaysNothing() {
    channel();

    assertThat(status().getCodeList()).isEmpty();
  }
}
