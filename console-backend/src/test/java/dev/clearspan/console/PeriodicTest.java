package dev.clearspan.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

final class PeriodicTest {
  @Test
  void endsAfterTheRoundThatIsUnderWayAndLeavesItAlone() throws InterruptedException {
    CountDownLatch underWay = new CountDownLatch(1);
    CountDownLatch mayEnd = new CountDownLatch(1);
    AtomicReference<String> round = new AtomicReference<>("under way");
    Periodic periodic =
        Periodic.start(
            "rounds",
            () -> {
              underWay.countDown();
              try {
                mayEnd.await();
                round.set("whole");
              } catch (InterruptedException e) {
                round.set("interrupted");
              }
            });
    assertThat(underWay.await(30, TimeUnit.SECONDS)).isTrue();
    Thread closing = new Thread(periodic::close);

    closing.start();
    while (closing.getState() != Thread.State.TIMED_WAITING) {
      Thread.onSpinWait();
    }
    mayEnd.countDown();
    closing.join();

    assertThat(round).hasValue("whole");
  }
}
