package dev.clearspan.console.recorder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.clearspan.console.ManualClock;
import dev.clearspan.console.metric.Points;
import dev.clearspan.console.trace.TraceStoreConfig;
import io.opentelemetry.proto.metrics.v1.Metric;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What processes report of their recorders, and how long the console knows it. */
class RecordersTest {
  private static final Instant NOON = Instant.parse("2026-05-04T12:00:00Z");
  private static final String SHED = "clearspan.recorder.shed";
  private static final String THRESHOLD = "clearspan.recorder.threshold";

  @TempDir private Path directory;
  private final ManualClock clock = new ManualClock(NOON);
  private Recorders recorders;

  @BeforeEach
  void open() {
    recorders = new Recorders(TraceStoreConfig.in(directory), clock);
  }

  @Test
  void countsAreAddedUpByProcessReasonAndStage() {
    report(sum("produced", 100, "x", "y"), sum("kept", 3, "reason", "error"));
    report(sum("produced", 50, "x", "y"), sum("kept", 2, "reason", "slow"));
    report(
        sum("lost", 4, "stage", "overwritten"),
        Points.gauge("clearspan.recorder.horizon", Points.number(NOON, NOON, 12, "x", "y")));

    report(
        Points.sum("clearspan.telemetry.exported", Points.number(NOON, NOON, 5, "signal", "spans")),
        Points.sum(
            "clearspan.telemetry.exported", Points.number(NOON, NOON, 9, "signal", "metrics")));

    RecorderState.OfProcess one = recorders.state().processes().get(0);
    assertThat(one.process()).isEqualTo("p1");
    assertThat(one.instance()).isEqualTo("orders-1");
    assertThat(one.produced()).isEqualTo(150);
    assertThat(one.exported()).isEqualTo(5);
    assertThat(one.kept()).containsEntry("error", 3L).containsEntry("slow", 2L);
    assertThat(one.lost()).containsEntry("overwritten", 4L);
    assertThat(one.horizonSeconds()).isEqualTo(12);
    assertThat(recorders.state().shortestHorizonSeconds()).isEqualTo(12);
  }

  @Test
  void aProcessShedsAsLongAsItSaysSo() {
    shed(NOON, NOON.plusSeconds(1), 32_768);
    assertThat(recorders.state().shedding()).isEqualTo(1);
    assertThat(recorders.state().processes().get(0).shedShare()).isEqualTo(0.5);

    clock.advance(Duration.ofSeconds(6));
    assertThat(recorders.state().shedding()).isZero();
    assertThat(recorders.state().processes().get(0).shed()).isEqualTo(10);
  }

  @Test
  void reportsThatFollowEachOtherAreOneRange() {
    ShedTable table = new ShedTable();
    RecorderIntake intake = new RecorderIntake(new RecorderTable(clock), table);
    for (int second = 0; second < 40; second++) {
      accept(intake, NOON.plusSeconds(second), NOON.plusSeconds(second + 1), 16_384);
    }
    accept(intake, NOON.plusSeconds(40), NOON.plusSeconds(41), 8_192);
    accept(intake, NOON.plusSeconds(90), NOON.plusSeconds(91), 8_192);

    assertThat(table.all())
        .extracting(ShedRange::to, ShedRange::threshold, ShedRange::count)
        .containsExactly(
            tuple(NOON.plusSeconds(40), 16_384, 400L),
            tuple(NOON.plusSeconds(41), 8_192, 10L),
            tuple(NOON.plusSeconds(91), 8_192, 10L));
  }

  @Test
  void shedRangesOutliveTheConsoleAndGoWithTheTraces() throws Exception {
    shed(NOON, NOON.plusSeconds(1), 32_768);
    recorders.close();
    Files.writeString(
        directory.resolve("shed.tsv"), Files.readString(directory.resolve("shed.tsv")) + "bad\n");

    assertThat(loaded()).hasSize(1);
    Recorders again = new Recorders(TraceStoreConfig.in(directory), clock);
    clock.advance(Duration.ofHours(25));
    again.close();
    assertThat(loaded()).isEmpty();
  }

  @Test
  void rangesAreBoundedAndTheOldestGoesFirst() {
    ShedTable table = new ShedTable();
    for (int i = 0; i <= ShedTable.CAPACITY; i++) {
      Instant at = NOON.plusSeconds(i * 60L);
      table.add(new ShedRange("p" + i, "orders", at, at, 100, 1));
    }
    assertThat(table.all()).hasSize(ShedTable.CAPACITY);
    assertThat(table.all().get(0).process()).isEqualTo("p1");
  }

  @Test
  void whatMakesNoSenseIsLeftOut() {
    shed(NOON, NOON.plusSeconds(1), 70_000);
    shed(NOON, NOON.plusSeconds(1), -3);
    shed(NOON.plusSeconds(1), NOON, 100);
    recorders
        .intake()
        .accept(
            List.of(
                Points.from(
                    "orders", sum("shed", 10, THRESHOLD, "many"), sum("lost", -4, "a", "b"))));

    assertThat(recorders.state().shedding()).isZero();
    assertThat(recorders.state().processes().get(0).lost()).isEmpty();
  }

  private List<ShedRange> loaded() {
    return new ShedFile(directory).load();
  }

  private void report(Metric... metrics) {
    recorders.intake().accept(List.of(Points.from("orders", metrics)));
  }

  private static Metric sum(String name, long count, String attribute, String value) {
    return Points.sum(
        "clearspan.recorder." + name, Points.number(NOON, NOON, count, attribute, value));
  }

  private void shed(Instant from, Instant to, int threshold) {
    report(Points.sum(SHED, Points.number(from, to, 10, THRESHOLD, threshold)));
  }

  private static void accept(RecorderIntake intake, Instant from, Instant to, int threshold) {
    intake.accept(
        List.of(
            Points.from(
                "orders", Points.sum(SHED, Points.number(from, to, 10, THRESHOLD, threshold)))));
  }
}
