package dev.clearspan.rpc.outlier;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OutlierJudgeTest {
  private static final OutlierSettings SETTINGS = OutlierSettings.DEFAULT;
  private static final OutlierChange FOR_ERRORS = new OutlierChange(true, OutlierCause.ERROR_RATE);
  private static final OutlierChange FOR_LATENCY = new OutlierChange(true, OutlierCause.LATENCY);
  private static final OutlierChange RETURNED = new OutlierChange(false, OutlierCause.TIME_OVER);

  private final WatchedInstances watched = new WatchedInstances();
  private final List<WatchedInstance> instances = Stream.generate(watched::add).limit(5).toList();
  private OutlierJudge judge = new OutlierJudge(SETTINGS);
  private long now;

  @BeforeEach
  void useAll() {
    watched.use(instances, 0);
  }

  @Test
  void whoIsNotInUseIsNotJudged_norTakesRoom_andBeginsAnewWhenItIsBack() {
    eject();
    watched.use(instances.subList(2, 5), 0);
    assertThat(watched.leftOut()).isZero();
    others(2, 100, 0, 5);
    calls(1, 100, 90, 5);
    assertThat(judge()).isEmpty();

    watched.use(instances, 0);
    assertThat(watched.leftOut()).isEqualTo(1);
    others(1, 100, 0, 5);
    assertThat(judge()).isEmpty();
    now = ejection(0).untilNanos();
    assertThat(judge()).containsExactly(RETURNED);
  }

  @Test
  void onlyThoseCalledAreLookedAt_eachOnce() {
    calls(3, 100, 0, 5);
    calls(1, 100, 0, 5);
    calls(3, 100, 0, 5);
    assertThat(watched.takeCalled()).containsExactly(instances.get(1), instances.get(3));
    assertThat(watched.takeCalled()).isEmpty();
  }

  @Test
  void noneIsLostWhileManyThreadsCall() throws Exception {
    int calls = 100_000;
    ExecutorService threads = Executors.newFixedThreadPool(3);
    List<Future<?>> counting = new ArrayList<>();
    for (int thread = 0; thread < 3; thread++) {
      counting.add(
          threads.submit(
              () -> {
                for (int i = 0; i < calls; i++) {
                  instances.get(i % instances.size()).tally().succeeded(i);
                }
              }));
    }
    int found = 0;
    while (!counting.stream().allMatch(Future::isDone)) {
      found += drained();
    }
    for (Future<?> each : counting) {
      each.get();
    }
    threads.shutdown();
    assertThat(found + drained()).isEqualTo(3 * calls);
  }

  private int drained() {
    return watched.takeCalled().stream()
        .mapToInt(instance -> instance.tally().drain().calls())
        .sum();
  }

  @Test
  void whoFailsMoreThanTheOthersIsOut() {
    others(1, 100, 1, 5);
    calls(0, 100, 20, 5);

    assertThat(judge()).containsExactly(FOR_ERRORS);
    assertThat(ejection(0).detail())
        .isEqualTo("20 of 100 calls failed, 1.0% is usual among the others");
    assertThat(ejection(0).untilNanos()).isEqualTo(Duration.ofSeconds(10).toNanos());
  }

  @Test
  void allFailingAlikeNobodyIsOut() {
    others(0, 100, 60, 5);

    assertThat(judge()).isEmpty();
  }

  @Test
  void twoFailuresOfTwentyMayBeChance() {
    others(1, 20, 0, 5);
    calls(0, 20, 2, 5);

    assertThat(judge()).isEmpty();
  }

  @Test
  void aFewPercentAreNotEnoughHoweverGoodTheOthers() {
    others(1, 1_000, 0, 5);
    calls(0, 1_000, 40, 5);

    assertThat(judge()).isEmpty();
  }

  @Test
  void whoIsSlowerThanTheOthersIsOut() {
    others(1, 50, 0, 5);
    calls(0, 50, 0, 40);

    assertThat(judge()).containsExactly(FOR_LATENCY);
    assertThat(ejection(0).detail())
        .isEqualTo("its median is about 37.7 ms, 4.7 ms is usual among the others");
  }

  @Test
  void fourTimesAsSlowIsStillTakenCareOfByTheBalancer() {
    others(1, 50, 0, 5);
    calls(0, 50, 0, 20);

    assertThat(judge()).isEmpty();
  }

  @Test
  void withFewCallsOrWithoutOthersNobodyIsJudged() {
    others(1, 19, 0, 5);
    calls(0, 100, 100, 5);
    assertThat(judge()).isEmpty();

    calls(1, 100, 0, 5);
    calls(0, 19, 19, 5);
    assertThat(judge()).isEmpty();
  }

  @Test
  void theWorstAreOutAndOnlyAsManyAsThereIsRoomFor() {
    others(2, 100, 0, 5);
    calls(0, 100, 50, 5);
    calls(1, 100, 90, 5);
    judge = new OutlierJudge(withRoom(0.2));

    assertThat(judge()).containsExactly(FOR_ERRORS);
    assertThat(ejected()).containsExactly(false, true, false, false, false);
  }

  @Test
  void whatMostDoIsUsual() {
    others(3, 100, 0, 5);
    for (int bad = 0; bad < 3; bad++) {
      calls(bad, 100, 50, 5);
    }

    assertThat(judge()).isEmpty();
  }

  @Test
  void suspectsTakeRoom() {
    others(1, 100, 0, 5);
    calls(0, 100, 90, 5);

    watched.use(instances, 2);
    assertThat(judge.judge(watched, now)).isEmpty();
  }

  @Test
  void eachTimeOutIsLongerAndGoodTimesShortenIt() {
    for (int seconds : new int[] {10, 20, 30}) {
      eject();
      now += Duration.ofSeconds(seconds).toNanos() - 1;
      assertThat(judge()).isEmpty();
      now += 1;
      assertThat(judge()).containsExactly(RETURNED);
    }
    for (int i = 0; i < 2; i++) {
      others(0, 100, 0, 5);
      assertThat(judge()).isEmpty();
    }
    eject();

    assertThat(ejection(0).untilNanos() - ejection(0).sinceNanos())
        .isEqualTo(Duration.ofSeconds(20).toNanos());
  }

  @Test
  void noTimeOutIsLongerThanTheLongest() {
    for (int i = 0; i < 40; i++) {
      eject();
      now = ejection(0).untilNanos();
      judge();
    }
    eject();

    assertThat(ejection(0).untilNanos() - ejection(0).sinceNanos())
        .isEqualTo(SETTINGS.maxEjection().toNanos());
  }

  @Test
  void whatIsCountedWhileOutIsForgotten() {
    eject();
    calls(0, 100, 100, 5);
    now = ejection(0).untilNanos();
    assertThat(judge()).containsExactly(RETURNED);
    others(0, 100, 0, 5);

    assertThat(judge()).isEmpty();
  }

  @Test
  void pardonTakesEveryEjectionBack() {
    eject();

    assertThat(watched.pardon())
        .containsExactly(new OutlierChange(false, OutlierCause.SWITCHED_OFF));
    assertThat(ejected()).doesNotContain(true);
  }

  private void eject() {
    others(1, 100, 0, 5);
    calls(0, 100, 90, 5);
    assertThat(judge()).containsExactly(FOR_ERRORS);
  }

  private List<OutlierChange> judge() {
    return judge.judge(watched, now);
  }

  private List<Boolean> ejected() {
    return instances.stream().map(instance -> instance.ejection() != null).toList();
  }

  private Ejection ejection(int index) {
    return Objects.requireNonNull(instances.get(index).ejection(), "ejection");
  }

  /** The same at all from this one on. */
  private void others(int from, int calls, int failures, int millis) {
    IntStream.range(from, instances.size()).forEach(i -> calls(i, calls, failures, millis));
  }

  private void calls(int index, int calls, int failures, int millis) {
    Tally tally = instances.get(index).tally();
    for (int i = 0; i < calls; i++) {
      if (i < failures) {
        tally.failed();
      } else {
        tally.succeeded(Duration.ofMillis(millis).toNanos());
      }
    }
  }

  private static OutlierSettings withRoom(double share) {
    return new OutlierSettings(
        true,
        SETTINGS.interval(),
        SETTINGS.minimumCalls(),
        SETTINGS.errorFactor(),
        SETTINGS.latencyFactor(),
        SETTINGS.ejection(),
        SETTINGS.maxEjection(),
        share);
  }
}
