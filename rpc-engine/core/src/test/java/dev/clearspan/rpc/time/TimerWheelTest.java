package dev.clearspan.rpc.time;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clearspan.rpc.time.Scheduler.Scheduled;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TimerWheelTest {
  private final FakeClock clock = new FakeClock();
  private final TimerWheel wheel = new TimerWheel(clock, clock);

  @Test
  void runsEachTaskWithinOneTickAfterItsTimeAndNeverBefore() {
    Random random = new Random(7);
    List<Long> lateness = new ArrayList<>();
    int timers = 500;
    for (int i = 0; i < timers; i++) {
      long delay = random.nextLong(Duration.ofSeconds(9).toNanos());
      long due = clock.nanos() + delay;
      wheel.schedule(() -> lateness.add(clock.nanos() - due), delay);
      clock.advance(Duration.ofNanos(random.nextLong(3_000_000)));
    }

    clock.advance(Duration.ofSeconds(10));

    assertThat(lateness).hasSize(timers);
    assertThat(lateness)
        .allSatisfy(
            late -> assertThat(late).isBetween(0L, 2 * TimerWheel.TICK_MILLIS * 1_000_000L));
    assertThat(wheel.waiting()).isZero();
  }

  @Test
  void cancelledTasksDoNotRunAndAreForgotten() {
    List<String> ran = new ArrayList<>();
    Scheduled cancelled = wheel.schedule(() -> ran.add("cancelled"), 50_000_000);
    wheel.schedule(() -> ran.add("kept"), 50_000_000);
    cancelled.cancel();
    cancelled.cancel();

    assertThat(wheel.waiting()).isEqualTo(1);
    clock.advanceMillis(100);

    assertThat(ran).containsExactly("kept");
  }

  @Test
  void aTaskMayScheduleTheNext() {
    List<Long> times = new ArrayList<>();
    wheel.schedule(
        () -> {
          times.add(clock.nanos() / 1_000_000);
          wheel.schedule(() -> times.add(clock.nanos() / 1_000_000), 20_000_000);
        },
        20_000_000);

    clock.advanceMillis(100);

    assertThat(times).hasSize(2);
    assertThat(times.get(0)).isBetween(20L, 28L);
    assertThat(times.get(1) - times.get(0)).isBetween(20L, 28L);
  }

  @Test
  void aFailingTaskDoesNotStopTheOthers() {
    List<String> ran = new ArrayList<>();
    wheel.schedule(
        () -> {
          throw new IllegalStateException("thrown by a test");
        },
        1_000_000);
    wheel.schedule(() -> ran.add("after"), 30_000_000);

    clock.advanceMillis(60);

    assertThat(ran).containsExactly("after");
  }

  @Test
  void anIdleWheelKeepsNoTimerRunning() {
    wheel.schedule(() -> {}, 1_000_000);
    clock.advanceMillis(20);
    List<Long> asked = new ArrayList<>();
    TimerWheel idle =
        new TimerWheel(
            clock,
            (task, delay) -> {
              asked.add(delay);
              return clock.schedule(task, delay);
            });

    clock.advance(Duration.ofMinutes(1));
    assertThat(asked).isEmpty();
    idle.schedule(() -> {}, 1_000_000);
    clock.advance(Duration.ofMinutes(1));

    assertThat(asked).hasSizeBetween(1, 2);
  }
}
