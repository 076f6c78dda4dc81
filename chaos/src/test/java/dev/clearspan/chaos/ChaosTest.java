package dev.clearspan.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clearspan.chaos.scenario.Scenario;
import dev.clearspan.chaos.scenario.Scenarios;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ChaosTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream progress = new ByteArrayOutputStream();

  @Test
  void everyScenarioIsListedWithASentence() throws InterruptedException {
    assertThat(run("--list")).isZero();
    assertThat(text(out).lines())
        .hasSameSizeAs(Scenarios.all())
        .allMatch(line -> line.matches("[a-z-]+ +\\S.{20,}"));
  }

  @Test
  void wrongUseNamesWhatIsExpected() throws InterruptedException {
    assertThat(run("--only", "earthquake")).isEqualTo(2);
    assertThat(run("--seconds", "1")).isEqualTo(2);
    assertThat(run("--rate")).isEqualTo(2);
    assertThat(run("--fast")).isEqualTo(2);
    assertThat(text(progress))
        .contains("scenario: earthquake (expected: one of server-killed, ")
        .contains("--seconds: 1 (expected: a number from 5 to 3600)")
        .contains("--rate: no value (expected: one)")
        .contains("unknown option --fast (expected: --only, ");
  }

  @Test
  void aFaultLastsAsLongAsTheScenarioHasIt_unlessTold() {
    Scenario frozen = Scenarios.named("etcd-frozen");

    assertThat(ChaosOptions.of().secondsOf(frozen)).isEqualTo(45);
    assertThat(ChaosOptions.of("--seconds", "60").secondsOf(frozen)).isEqualTo(60);
    assertThat(ChaosOptions.of("--only", "etcd-frozen, key-deleted").scenarios())
        .containsExactly(frozen, Scenarios.named("key-deleted"));
  }

  private int run(String... arguments) throws InterruptedException {
    return Chaos.run(stream(out), stream(progress), arguments);
  }

  private static PrintStream stream(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }

  private static String text(ByteArrayOutputStream bytes) {
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
