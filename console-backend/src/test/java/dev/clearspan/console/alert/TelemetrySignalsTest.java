package dev.clearspan.console.alert;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clearspan.console.intake.IntakeState;
import dev.clearspan.console.recorder.RecorderState;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What rules find in the words of recorders and of the console's intake. */
class TelemetrySignalsTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:10:00Z");

  private static RecorderState.OfProcess process(String id, Instant heardAt, double lostPerSecond) {
    return new RecorderState.OfProcess(
        id,
        "orders",
        "orders-1",
        heardAt,
        null,
        0,
        0,
        Map.of(),
        Map.of(),
        lostPerSecond,
        null,
        0,
        0.25);
  }

  private static TelemetrySignals signals(Refusals refusals, RecorderState.OfProcess... processes) {
    return new TelemetrySignals(new RecorderState(0, 0, null, List.of(processes)), refusals, NOW);
  }

  @Test
  void ofAnInstanceThatWasRestartedTheLiveProcessCounts() {
    RecorderState.OfProcess before = process("p1", NOW.minusSeconds(300), 90);
    RecorderState.OfProcess now = process("p2", NOW.minusSeconds(1), 7);
    for (TelemetrySignals both :
        List.of(signals(new Refusals(), before, now), signals(new Refusals(), now, before))) {
      List<Sample> found = both.loss(RuleTarget.ALL).samples();
      assertThat(found).hasSize(1);
      assertThat(found.get(0).value()).isEqualTo(7.0);
    }
  }

  @Test
  void whoReportsNothingAnyMoreIsNoData_andSoIsNobody() {
    Observation silent =
        signals(new Refusals(), process("p1", NOW.minusSeconds(61), 0)).loss(RuleTarget.ALL);
    assertThat(silent.samples().get(0).value()).isNull();
    assertThat(signals(new Refusals()).loss(RuleTarget.ALL).blind()).contains("no recorder");
  }

  @Test
  void sharesAreInPercent() {
    Observation shed =
        signals(new Refusals(), process("p1", NOW, 0)).shed(new RuleTarget("orders", "", ""));
    assertThat(shed.samples().get(0).value()).isEqualTo(25.0);
  }

  @Test
  void refusalsAreCountedBetweenRounds() {
    Refusals refusals = new Refusals();
    refusals.note(intake(100), NOW.minusSeconds(5));
    assertThat(signals(refusals).refused().blind()).contains("just started");
    refusals.note(intake(150), NOW);
    assertThat(signals(refusals).refused().samples().get(0).value()).isEqualTo(10.0);
    refusals.note(intake(150), NOW.plusSeconds(5));
    assertThat(signals(refusals).refused().samples().get(0).value()).isZero();
  }

  private static IntakeState intake(long refused) {
    return new IntakeState(0, 0, refused, 0, 0, 0, 0, 0, 0, 0, 0);
  }
}
