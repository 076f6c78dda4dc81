package dev.clearspan.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clearspan.benchmarks.proto.Ball;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every contestant really echoes, and the load notices when one does not. */
class UnaryBenchTest {
  private static final long SHORT = TimeUnit.MILLISECONDS.toNanos(200);

  static Stream<Contestant> contestantsOfThisModule() {
    return Arrays.stream(Contestant.values()).filter(each -> each.server.module.isEmpty());
  }

  @ParameterizedTest
  @MethodSource("contestantsOfThisModule")
  void everyContestantReturnsWhatItWasSent(Contestant contestant) throws Exception {
    try (Echo.Server server = peer(contestant.server).serve(contestant.serverVariant);
        Echo.Client client =
            peer(contestant.client).connect(server.port(), contestant.clientVariant)) {
      Load load = Load.async(8).withPauseEvery(100);

      Outcome outcome = new ClosedLoop(client, load).run(SHORT);

      assertThat(outcome.errors()).isZero();
      assertThat(outcome.calls()).isPositive();
      assertThat(outcome.p50()).isPositive().isLessThanOrEqualTo(outcome.p99());
      assertThat(new WaitingCallers(client, Load.blocking(4)).run(SHORT).errors()).isZero();
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
    Outcome async = new ClosedLoop(wrong, Load.async(1)).run(SHORT);
    Outcome blocking = new WaitingCallers(wrong, Load.blocking(2)).run(SHORT);

    assertThat(List.of(async.calls(), blocking.calls())).containsOnly(0L);
    assertThat(async.errors()).isPositive();
    assertThat(blocking.errors()).isPositive();
  }

  @Test
  void badOptionsAreNamed() {
    assertThatThrownBy(() -> parse("--rounds", "0"))
        .hasMessage("--rounds: 0 (expected: a number > 0 and <= 20)");
    assertThatThrownBy(() -> parse("--pairs", "1.5"))
        .hasMessage("--pairs: 1.5 (expected: a whole number from 1 to 20)");
    assertThatThrownBy(() -> parse("--contestants", "x"))
        .hasMessageContaining("contestant: x (expected: netty-proto,clearspan-loop");
    assertThatThrownBy(() -> parse("--jdk", "3")).hasMessageContaining("--jdk: 3 (expected: ");
    assertThat(parse("--seconds", "0.5").seconds()).isEqualTo(0.5);
    assertThat(parse("--quick", "--pairs", "2").pairs()).isEqualTo(2);
    assertThat(BenchOptions.HELP).contains(Shape.ONE.label(), Contestant.DUBBO.label());
  }

  @Test
  void ratiosAreOfTheSameSampleAndJudgedByTheirMedian() {
    Results results = new Results();
    for (int sample = 0; sample < 3; sample++) {
      results.add(Shape.LOOP_256, Contestant.NETTY_PROTO, sample, cell(100 * (sample + 1)));
      results.add(Shape.LOOP_256, Contestant.CLEARSPAN_LOOP, sample, cell(80 * (sample + 1)));
    }
    results.add(Shape.LOOP_256, Contestant.CLEARSPAN_LOOP, 3, cell(1));
    BenchOptions options = parse("--shapes", "loop-256");

    String text = new Table(results, options, Jdk.running()).text();

    assertThat(text)
        .contains("clearspan-loop")
        .contains("met    loop-256 calls/s: clearspan-loop / netty-proto >= 0.7: 0.80 [0.80-0.80]");
  }

  private static Cell cell(long calls) {
    return new Cell(new Outcome(calls, 1_000_000_000, 0, 10, 20), new Usage(1000, 1000, 10));
  }

  private static BenchOptions parse(String... arguments) {
    return BenchOptions.parse(arguments);
  }

  private static Peer peer(Contestant.Home home) throws ReflectiveOperationException {
    return (Peer) Class.forName(home.peer).getConstructor().newInstance();
  }
}
