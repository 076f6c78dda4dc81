package dev.clearspan.console.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clearspan.console.MutableClock;
import dev.clearspan.console.web.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The topology as it was. */
class TopologyHistoryTest {
  private final MutableClock clock = new MutableClock();
  private final Instant start = clock.instant();
  private double errorShare;
  private String env = "test";

  private Topology now() {
    Red red = new Red(100, errorShare, 1.0, 2.0, 3.0);
    Edge edge = new Edge("web", "orders", Health.OK, red, EdgeBreaker.OPEN, 0, List.of());
    return new Topology(
        env, clock.instant(), 10, 7, List.of(), List.of(edge), List.of(), List.of());
  }

  private void tick(TopologyHistory history, int seconds) {
    for (int i = 0; i < seconds; i++) {
      history.run();
      clock.advance(Duration.ofSeconds(1));
    }
  }

  @Test
  void everyTenSecondsOneIsKept_andFoundForTheTimeUntilTheNext() {
    TopologyHistory history = new TopologyHistory(this::now, clock);
    tick(history, 15);
    errorShare = 0.25;
    tick(history, 10);
    assertThat(history.past().moments())
        .extracting(PastMoment::at)
        .containsExactly(start, start.plusSeconds(10), start.plusSeconds(20));
    PastMoment last = history.past().moments().get(2);
    assertThat(last.rate()).isEqualTo(100);
    assertThat(last.errorShare()).isEqualTo(0.25);
    assertThat(last.breakers()).isEqualTo(1);
    assertThat(history.at(start.plusSeconds(19)))
        .map(Json::lenient)
        .get()
        .satisfies(
            then -> {
              assertThat(then.get("at").textValue()).isEqualTo(start.plusSeconds(10).toString());
              assertThat(then.at("/edges/0/red/errorShare").doubleValue()).isZero();
              assertThat(then.at("/edges/0/breaker").textValue()).isEqualTo("open");
            });
    assertThat(history.at(start.plusSeconds(500)).orElseThrow()).contains("0.25");
    assertThat(history.at(start.minusMillis(1))).isEmpty();
  }

  @Test
  void afterFifteenMinutesTheOldestGo_andEarlierWhereThereIsNoRoom() {
    TopologyHistory history = new TopologyHistory(this::now, clock);
    tick(history, 1_000);
    assertThat(history.past().moments()).hasSize(91);
    assertThat(history.at(start)).isEmpty();

    // Names that do not compress.
    byte[] noise = new byte[3_000];
    new Random(1).nextBytes(noise);
    env = java.util.HexFormat.of().formatHex(noise);
    TopologyHistory small = new TopologyHistory(this::now, clock, 10_000);
    tick(small, 100);
    assertThat(small.past().moments()).hasSizeBetween(1, 4);
    assertThat(small.at(clock.instant())).isNotEqualTo(Optional.empty());
  }
}
