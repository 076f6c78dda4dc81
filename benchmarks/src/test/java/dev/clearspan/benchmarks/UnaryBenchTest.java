package dev.clearspan.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clearspan.benchmarks.proto.Ball;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every contestant really echoes, and the load notices when one does not. */
class UnaryBenchTest {
  private static final long SHORT = TimeUnit.MILLISECONDS.toNanos(200);

  @ParameterizedTest
  @EnumSource
  void everyContestantReturnsWhatItWasSent(Contestant contestant) throws Exception {
    try (Echo.Server server = contestant.serve();
        Echo.Client client = contestant.connect(server.port())) {
      ClosedLoop.Outcome outcome = new ClosedLoop(client, 1024).run(8, SHORT);

      assertThat(outcome.errors()).isZero();
      assertThat(outcome.calls()).isPositive();
      assertThat(outcome.p50()).isPositive().isLessThanOrEqualTo(outcome.p99());
    }
  }

  @Test
  void wrongRepliesAreCounted() throws Exception {
    Echo.Client wrong =
        new Echo.Client() {
          @Override
          public void send(Ball ball, Echo.Catcher catcher) {
            Thread reply = new Thread(() -> catcher.caught(ball.toBuilder().setId(-1).build()));
            reply.start();
          }

          @Override
          public void close() {}
        };
    ClosedLoop.Outcome outcome = new ClosedLoop(wrong, 16).run(1, SHORT);

    assertThat(outcome.calls()).isZero();
    assertThat(outcome.errors()).isPositive();
  }

  @Test
  void badOptionsAreNamed() {
    assertThatThrownBy(() -> BenchOptions.parse(new String[] {"--rounds", "0"}))
        .hasMessage("--rounds: 0 (expected: a number > 0 and <= 20)");
    assertThatThrownBy(() -> BenchOptions.parse(new String[] {"--contestants", "x"}))
        .hasMessageContaining("contestant: x (expected: netty-proto,clearspan-loop");
    assertThat(BenchOptions.parse(new String[] {"--seconds", "0.5"}).seconds()).isEqualTo(0.5);
  }
}
