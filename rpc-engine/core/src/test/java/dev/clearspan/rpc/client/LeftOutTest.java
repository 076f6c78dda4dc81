package dev.clearspan.rpc.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clearspan.protocol.BreakerState;
import dev.clearspan.protocol.ForcedBreaker;
import dev.clearspan.protocol.InstanceControl;
import dev.clearspan.protocol.OutlierStatus;
import dev.clearspan.rpc.ledger.CallEvent;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The one verdict over breakers, outliers and suspicion, with its cap and panic, through a channel
 * to real servers of this process.
 */
class LeftOutTest extends ClusterFixture {
  private static final String TRIPS = "\"breaker\": {\"consecutiveFailures\": 2}";
  private static final String NO_BREAKER = "\"breaker\": {\"enabled\": false}";

  @BeforeEach
  void exactShares() {
    inTurn("");
  }

  @Test
  void whatFailsIsLeftOutUpToTheCapAndBeyondItAllAreUsed() {
    inTurn(TRIPS);
    registry.put(1, 2, 3, 4);
    callTimes(4, CHARGE);
    trip(1, 2);

    assertThat(usedBy(20)).containsExactly(3, 4);
    assertThat(status().getPanicsCount()).isZero();

    trip(3);
    assertThat(usedBy(20)).containsExactly(1, 2, 3, 4);
    assertThat(status().getPanics(0).getMethod()).isEqualTo("shop.Payments/Charge");
    assertThat(status().getPanics(0).getCause())
        .startsWith("3 of 4 instances would be left out (i-1: 2 failures in a row, last INTERNAL;")
        .endsWith("more than 50%: all are used");
    assertThat(sample("clearspan.panic.active")).isEqualTo(1);
  }

  @Test
  void theCapIsThePolicysAndHoldsWithTheNextCall() {
    inTurn(TRIPS + ", \"outlier\": {\"maxLeftOut\": 0.25}");
    registry.put(1, 2, 3, 4);
    callTimes(4, CHARGE);
    trip(1);
    assertThat(usedBy(12)).containsExactly(2, 3, 4);
    trip(2);
    assertThat(usedBy(20)).containsExactly(1, 2, 3, 4);

    inTurn(TRIPS + ", \"outlier\": {\"maxLeftOut\": 0.75}");

    assertThat(usedBy(20)).containsExactly(3, 4);
    trip(3);
    assertThat(usedBy(20)).containsExactly(4);
  }

  @Test
  void breakersOutliersAndSuspicionCountTogether() {
    inTurn(TRIPS + ", \"outlier\": {\"interval\": \"1s\", \"minimumCalls\": 10}");
    registry.put(1, 2, 3, 4, 5, 6);
    makeOutlier(1, 6);
    assertThat(status().getOutliersList())
        .extracting(OutlierStatus::getInstance)
        .containsExactly("i-1");
    trip(2);
    assertThat(usedBy(20)).containsExactly(3, 4, 5, 6);

    registry.suspect(3);
    assertThat(usedBy(21)).containsExactly(4, 5, 6);

    trip(4);
    assertThat(usedBy(24)).containsExactly(1, 2, 3, 4, 5, 6);
    assertThat(status().getPanics(0).getCause())
        .startsWith("4 of 6 instances would be left out (i-1: its median is about")
        .contains("i-3: gone from the registry")
        .contains("and 1 more");

    registry.put(1, 2, 3, 4, 5, 6);
    assertThat(status().getPanicsCount()).isZero();
    assertThat(usedBy(21)).containsExactly(3, 5, 6);
  }

  @Test
  void ofTheSameEndpointTheyCountOnce() {
    inTurn(TRIPS);
    registry.put(1, 2, 3);
    callTimes(3, CHARGE);
    trip(1);
    registry.suspect(1);

    assertThat(usedBy(10)).containsExactly(2, 3);
    assertThat(status().getPanicsCount()).isZero();
  }

  @Test
  void forcedOpenEjectAndDrainBeatPanic() {
    inTurn(TRIPS);
    registry.put(1, 2, 3, 4, 5, 6);
    callTimes(6, CHARGE);
    registry.force(
        ForcedBreaker.newBuilder().setInstance("i-1").setState(BreakerState.OPEN).build());
    registry.control(2, InstanceControl.newBuilder().setEject(true).build());
    registry.control(3, InstanceControl.newBuilder().setDrain(true).build());
    trip(4, 5);

    assertThat(usedBy(21)).containsExactly(4, 5, 6);
    assertThat(status().getPanics(0).getCause()).startsWith("2 of 3 instances would be left out");
  }

  @Test
  void ifAllAreOutByBreakersCallsAreRefusedAndTheErrorSaysWhyAndWhatMendsIt() {
    inTurn(TRIPS);
    registry.put(1, 2, 3);
    callTimes(3, CHARGE);
    registry.force(
        ForcedBreaker.newBuilder()
            .setInstance("i-1")
            .setState(BreakerState.OPEN)
            .setAuthor("ann")
            .setReason("bank is down")
            .build());
    trip(2, 3);
    int before = handled(1) + handled(2) + handled(3);

    assertThat(failure(CHARGE))
        .hasMessageContaining(
            "breaker of shop.Payments/Charge is forced OPEN by ann: bank is down (until lifted);"
                + " calls pass again when that is lifted")
        .hasMessageContaining(
            "breakers of shop.Payments/Charge are open at the other 2 instances (i-2: 2 failures"
                + " in a row, last INTERNAL; i-3: 2 failures in a row, last INTERNAL); next probe"
                + " in ")
        .hasMessageContaining("an instance whose 3 probes succeed is used again");
    assertThat(handled(1) + handled(2) + handled(3)).isEqualTo(before);
    assertThat(status().getPanicsCount()).isZero();
  }

  @Test
  void ifAllAreOutButNotAllByBreakersAllAreUsed() {
    inTurn(TRIPS + ", \"outlier\": {\"maxLeftOut\": 1}");
    registry.put(1, 2);
    callTimes(2, CHARGE);
    trip(1);
    registry.suspect(2);

    assertThat(usedBy(10)).containsExactly(1, 2);
  }

  @Test
  void theFirstCallToMeetPanicOrItsEndSaysSo() {
    inTurn(TRIPS);
    registry.put(1, 2, 3);
    callTimes(3, CHARGE);
    trip(1, 2);
    callTimes(3, CHARGE);
    assertThat(panicEvents()).containsExactly(true);

    clock.advance(Duration.ofSeconds(7));
    callTimes(30, CHARGE);

    assertThat(panicEvents()).containsExactly(true, false);
    assertThat(status().getPanicsCount()).isZero();
    assertThat(sample("clearspan.panic.transitions")).isEqualTo(2);
    assertThat(sample("clearspan.panic.active")).isZero();
  }

  @Test
  void whoFailsMoreThanTheOthersIsOutForAWhileAndEachTimeForLonger() {
    inTurn(NO_BREAKER + ", \"outlier\": {\"interval\": \"1s\", \"ejection\": \"4s\"}");
    registry.put(1, 2, 3);
    node(1).failsOneOf(3);
    for (int seconds : new int[] {4, 8}) {
      int before = handled(1);
      tryTimes(90);
      assertThat(handled(1) - before).isEqualTo(30);
      clock.advance(Duration.ofSeconds(1));
      OutlierStatus outlier = status().getOutliers(0);
      assertThat(outlier.getInstance()).isEqualTo("i-1");
      assertThat(outlier.getCause())
          .isEqualTo("10 of 30 calls failed, 0.0% is usual among the others");
      assertThat(outlier.getUntil().getSeconds() - outlier.getSince().getSeconds())
          .isEqualTo(seconds);
      assertThat(usedBy(10)).containsExactly(2, 3);
      assertThat(sample("clearspan.outlier.ejected")).isEqualTo(1);
      clock.advance(Duration.ofSeconds(seconds));
      assertThat(status().getOutliersCount()).isZero();
    }
    assertThat(sample("clearspan.outlier.transitions")).isEqualTo(4);
  }

  @Test
  void whoIsMuchSlowerThanTheOthersIsOut() {
    inTurn("\"outlier\": {\"interval\": \"1s\", \"minimumCalls\": 10}");
    registry.put(1, 2, 3);
    makeOutlier(3, 3);

    assertThat(status().getOutliers(0).getCause()).startsWith("its median is about 37.7 ms");
    assertThat(usedBy(10)).containsExactly(1, 2);
  }

  @Test
  void howMuchSlowerAndHowMuchWorseIsThePolicys() {
    inTurn(NO_BREAKER + ", \"outlier\": {\"interval\": \"1s\"}");
    registry.put(1, 2, 3);
    node(1).failsOneOf(3);
    node(2).failsOneOf(6);
    node(3).failsOneOf(6);
    tryTimes(180);
    clock.advance(Duration.ofSeconds(1));
    assertThat(status().getOutliersCount()).isZero();
    inTurn(NO_BREAKER + ", \"outlier\": {\"interval\": \"1s\", \"errorFactor\": 1}");
    tryTimes(180);
    clock.advance(Duration.ofSeconds(1));
    assertThat(status().getOutliers(0).getCause())
        .isEqualTo("20 of 60 calls failed, 16.7% is usual among the others");

    inTurn("\"outlier\": {\"enabled\": false}");
    inTurn("\"outlier\": {\"interval\": \"2s\"}");
    IntStream.rangeClosed(1, 3)
        .forEach(port -> node(port).does(() -> clock.advanceMillis(port == 3 ? 30 : 15)));
    callTimes(60, GET);
    clock.advance(Duration.ofSeconds(2));
    assertThat(status().getOutliersCount()).isZero();
    inTurn("\"outlier\": {\"interval\": \"2s\", \"latencyFactor\": 1.5}");
    callTimes(60, GET);
    clock.advance(Duration.ofSeconds(2));
    assertThat(status().getOutliers(0).getInstance()).isEqualTo("i-3");
  }

  @Test
  void noTimeOutIsLongerThanThePolicySays() {
    inTurn(
        NO_BREAKER
            + ", \"outlier\": {\"interval\": \"1s\", \"ejection\": \"4s\", \"maxEjection\": \"6s\"}");
    registry.put(1, 2, 3);
    node(1).fails();
    for (int seconds : new int[] {4, 6, 6}) {
      tryTimes(90);
      clock.advance(Duration.ofSeconds(1));
      OutlierStatus outlier = status().getOutliers(0);
      assertThat(outlier.getUntil().getSeconds() - outlier.getSince().getSeconds())
          .isEqualTo(seconds);
      clock.advance(Duration.ofSeconds(seconds));
    }
  }

  @Test
  void switchedOffEverybodyIsBackAtOnce() {
    inTurn("\"outlier\": {\"interval\": \"1s\", \"minimumCalls\": 10}");
    registry.put(1, 2, 3);
    makeOutlier(1, 3);
    assertThat(usedBy(10)).containsExactly(2, 3);

    inTurn("\"outlier\": {\"enabled\": false}");
    assertThat(usedBy(9)).containsExactly(1, 2, 3);
    assertThat(status().getOutliersCount()).isZero();

    makeOutlier(1, 3);
    assertThat(usedBy(9)).containsExactly(1, 2, 3);
  }

  /** Has these fail until their breakers for CHARGE open; they are well afterwards. */
  private void trip(int... ports) {
    Arrays.stream(ports).forEach(port -> node(port).fails());
    tryTimes(6 * ports.length + 6);
    Arrays.stream(ports).forEach(port -> node(port).isWell());
  }

  /** Has all be called, this one being slow, until they are judged. */
  private void makeOutlier(int port, int instances) {
    node(port).does(() -> clock.advanceMillis(40));
    callTimes(12 * instances, GET);
    node(port).isWell();
    clock.advance(Duration.ofSeconds(1));
  }

  /** The instances that take any of so many calls. */
  private List<Integer> usedBy(int calls) {
    int[] before = IntStream.rangeClosed(1, 6).map(this::handled).toArray();
    callTimes(calls, CHARGE);
    return IntStream.rangeClosed(1, 6)
        .filter(port -> handled(port) > before[port - 1])
        .boxed()
        .toList();
  }

  private List<Boolean> panicEvents() {
    return ledger.calls().stream()
        .flatMap(call -> call.events().stream())
        .filter(CallEvent.PanicChanged.class::isInstance)
        .map(event -> ((CallEvent.PanicChanged) event).begins())
        .toList();
  }
}
