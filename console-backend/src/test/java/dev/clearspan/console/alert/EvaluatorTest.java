package dev.clearspan.console.alert;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clearspan.console.MutableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** States of alerts over a clock that the test moves, a round every 5 s. */
class EvaluatorTest {
  private static final AlertTarget ORDERS = AlertTarget.of("orders");

  private final MutableClock clock = new MutableClock();
  private final Instant start = clock.instant();
  private final Evaluator evaluator = new Evaluator("test");
  private final List<AlertEvent> events = new ArrayList<>();
  private AlertRule rule = rule(60, 30);
  private Observation found = Observation.of(List.of());

  private static AlertRule rule(long forSeconds, long resolveSeconds) {
    return new AlertRule(
        "r",
        "Orders fail",
        AlertKind.ERROR_SHARE,
        RuleTarget.ALL,
        new AlertCondition(AlertOperator.AT_LEAST, 10, "percent", 30, 1),
        forSeconds,
        resolveSeconds,
        AlertSeverity.CRITICAL,
        true,
        "",
        "",
        Map.of("team", "shop"));
  }

  private void finds(@Nullable Double value) {
    found = Observation.of(List.of(new Sample(ORDERS, value, "as told")));
  }

  private Evaluator.Round round() {
    Evaluator.Round round = evaluator.round(List.of(rule), one -> found, clock.instant());
    events.addAll(round.events());
    return round;
  }

  private RuleOutcome outcome() {
    return round().outcomes().getOrDefault("r", RuleOutcome.NONE);
  }

  private Alert after(int seconds) {
    Evaluator.Round round = round();
    for (int i = 0; i < seconds / 5; i++) {
      clock.advance(Duration.ofSeconds(5));
      round = round();
    }
    return round.alerts().get(0);
  }

  @Test
  void whatHoldsForLongEnoughFires_andIsResolvedAfterTheDelay() {
    finds(9.99);
    assertThat(after(60).state()).isEqualTo(AlertState.INACTIVE);
    finds(10.0);
    assertThat(after(55).state()).isEqualTo(AlertState.PENDING);
    assertThat(events).isEmpty();
    Alert firing = after(5);
    assertThat(firing.state()).isEqualTo(AlertState.FIRING);
    assertThat(firing.value()).isEqualTo(10.0);
    assertThat(firing.firedAt()).isEqualTo(start.plusSeconds(120)).isEqualTo(firing.since());
    assertThat(firing.labels())
        .containsEntry("service", "orders")
        .containsEntry("severity", "critical")
        .containsEntry("team", "shop");

    finds(1.0);
    assertThat(after(25).state()).isEqualTo(AlertState.FIRING);
    Alert resolved = after(5);
    assertThat(resolved.state()).isEqualTo(AlertState.RESOLVED);
    assertThat(resolved.resolvedAt()).isEqualTo(clock.instant());
    assertThat(events)
        .extracting(AlertEvent::state)
        .containsExactly(AlertState.FIRING, AlertState.RESOLVED);
    assertThat(after(16 * 60).state()).isEqualTo(AlertState.INACTIVE);
  }

  @Test
  void whatHoldsNowAndThenNeverFires() {
    for (int i = 0; i < 20; i++) {
      finds(50.0);
      assertThat(after(50).state()).isEqualTo(AlertState.PENDING);
      finds(0.0);
      assertThat(after(5).state()).isEqualTo(AlertState.INACTIVE);
    }
    assertThat(events).isEmpty();
  }

  @Test
  void aShortRecoveryDoesNotResolve() {
    finds(50.0);
    after(60);
    finds(0.0);
    after(25);
    finds(50.0);
    after(5);
    finds(0.0);
    assertThat(after(25).state()).isEqualTo(AlertState.FIRING);
    assertThat(events).hasSize(1);
  }

  @Test
  void withoutADelayItFiresAndResolvesInTheSameRound() {
    rule = rule(0, 0);
    finds(50.0);
    assertThat(after(0).state()).isEqualTo(AlertState.FIRING);
    finds(0.0);
    assertThat(after(0).state()).isEqualTo(AlertState.RESOLVED);
  }

  @Test
  void noDataIsNotWell() {
    finds(null);
    Alert unseen = after(30);
    assertThat(unseen.state()).isEqualTo(AlertState.NO_DATA);
    assertThat(unseen.since()).isEqualTo(start);
    assertThat(outcome().noData()).isEqualTo(1);

    finds(50.0);
    after(30);
    finds(null);
    assertThat(after(5).state()).as("pending").isEqualTo(AlertState.NO_DATA);
    assertThat(events).isEmpty();
  }

  @Test
  void whatFiresAndIsNotSeenGoesOnFiring_thenIsWithoutData_neverResolved() {
    finds(50.0);
    after(60);
    found = Observation.of(List.of());
    Alert held = after(4 * 60);
    assertThat(held.state()).isEqualTo(AlertState.FIRING);
    assertThat(held.noData()).isTrue();
    assertThat(held.value()).isEqualTo(50.0);
    assertThat(after(65).state()).isEqualTo(AlertState.NO_DATA);
    assertThat(events)
        .extracting(AlertEvent::state)
        .containsExactly(AlertState.FIRING, AlertState.NO_DATA);
    after(14 * 60);
    clock.advance(Duration.ofMinutes(2));
    assertThat(round().alerts()).isEmpty();
  }

  @Test
  void aBlindRuleSaysWhy() {
    found = Observation.blind("the registry was last heard 75 s ago");
    RuleOutcome outcome = outcome();
    assertThat(outcome.detail()).contains("75 s");
    assertThat(outcome.targets()).isZero();
  }

  @Test
  void aBreakerThatIsNotListedAnyMoreIsWell() {
    rule =
        new AlertRule(
            "r",
            "open",
            AlertKind.BREAKER_OPEN,
            RuleTarget.ALL,
            new AlertCondition(AlertOperator.AT_LEAST, 60, "seconds", 0, 0),
            0,
            0,
            AlertSeverity.WARNING,
            true,
            "",
            "",
            Map.of());
    finds(61.0);
    assertThat(after(0).state()).isEqualTo(AlertState.FIRING);
    found = Observation.of(List.of());
    assertThat(after(0).state()).isEqualTo(AlertState.RESOLVED);
  }

  @Test
  void whatIsOverIsWell_whateverTheThreshold() {
    rule =
        new AlertRule(
            "r",
            "open",
            AlertKind.BREAKER_OPEN,
            RuleTarget.ALL,
            new AlertCondition(AlertOperator.AT_LEAST, 0, "seconds", 0, 0),
            0,
            0,
            AlertSeverity.WARNING,
            true,
            "",
            "",
            Map.of());
    finds(0.0);
    assertThat(after(0).state()).isEqualTo(AlertState.FIRING);
    found = Observation.of(List.of());
    assertThat(after(0).state()).isEqualTo(AlertState.RESOLVED);
  }

  @Test
  void anAlertEndsWithItsRule() {
    finds(50.0);
    after(60);
    Evaluator.Round round = evaluator.round(List.of(), one -> found, clock.instant());
    assertThat(round.events()).extracting(AlertEvent::state).containsExactly(AlertState.RESOLVED);
    assertThat(round.events().get(0).detail()).contains("disabled or deleted");
    assertThat(round.alerts()).extracting(Alert::state).containsExactly(AlertState.RESOLVED);
    clock.advance(Duration.ofMinutes(16));
    assertThat(evaluator.round(List.of(), one -> found, clock.instant()).alerts()).isEmpty();
  }

  @Test
  void tooManyTargetsAreCounted_notFollowed() {
    found =
        Observation.of(
            IntStream.range(0, Evaluator.CAPACITY + 7)
                .mapToObj(i -> new Sample(AlertTarget.of("s" + i), 50.0, ""))
                .toList());
    Evaluator.Round round = round();
    assertThat(round.alerts()).hasSize(Evaluator.CAPACITY);
    assertThat(round.dropped()).isEqualTo(7);
  }

  @Test
  void theFingerprintNamesTheAlert_fromRoundToRound() {
    finds(50.0);
    String first = after(0).fingerprint();
    finds(0.0);
    assertThat(after(10).fingerprint()).isEqualTo(first).hasSize(16);
    assertThat(AlertLabels.of(rule, AlertTarget.of("payments"), "test").fingerprint())
        .isNotEqualTo(first);
  }
}
