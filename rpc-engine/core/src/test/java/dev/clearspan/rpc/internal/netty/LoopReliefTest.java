package dev.clearspan.rpc.internal.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.DefaultEventLoop;
import io.netty.channel.EventLoop;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** When an endpoint is given another connection because a loop is out of time. */
class LoopReliefTest {
  private double machineLoad = 0.5;
  private long now = -7;
  private final LoopRelief relief = new LoopRelief(() -> machineLoad);
  private final FakeLoop busy = new FakeLoop();
  private final FakeLoop other = new FakeLoop();
  private final Group group = new Group(100);

  @Test
  void aLoopThatHasBeenFullForASecondIsRelievedOnceUntilThatShows() {
    relief.add(group);
    look(5, 0.95);
    assertThat(group.relieved).hasValue(1);
    look(20, 0.95);
    assertThat(group.relieved).hasValue(1);
    look(10, 0.95);
    assertThat(group.relieved).hasValue(2);
  }

  @Test
  void aMomentOfRestBeginsTheCountAnew() {
    relief.add(group);
    look(4, 0.95);
    look(1, 0.5);
    look(4, 0.95);
    assertThat(group.relieved).hasValue(0);
  }

  @Test
  void withoutACoreOrALoopThatHasTimeNothingWouldHelp() {
    relief.add(group);
    machineLoad = 0.9;
    look(10, 0.95);
    machineLoad = -1;
    look(10, 0.95);
    machineLoad = 0.5;
    other.busy = 0.6;
    look(10, 0.95);
    assertThat(group.relieved).hasValue(0);
  }

  @Test
  void theEndpointWithTheMostCallsIsRelievedIfItHasEnough() {
    Group small = new Group(15);
    relief.add(small);
    look(10, 0.95);
    assertThat(small.relieved).hasValue(0);

    Group large = new Group(200);
    relief.add(group);
    relief.add(large);
    look(10, 0.95);
    assertThat(large.relieved).hasValue(1);
    assertThat(group.relieved).hasValue(0);
  }

  private void look(int times, double busyNow) {
    busy.busy = busyNow;
    for (int i = 0; i < times; i++) {
      now += TimeUnit.MILLISECONDS.toNanos(200);
      relief.looked(busy, List.of(busy, other), now);
    }
  }

  private static final class FakeLoop implements LoopRelief.Loop {
    private final EventLoop loop = new DefaultEventLoop();
    private double busy;

    @Override
    public EventLoop loop() {
      return loop;
    }

    @Override
    public double busy() {
      return busy;
    }
  }

  private final class Group implements LoopRelief.Relievable {
    private final int calls;
    private final AtomicInteger relieved = new AtomicInteger();

    Group(int calls) {
      this.calls = calls;
    }

    @Override
    public int callsOn(EventLoop loop) {
      return loop == busy.loop() ? calls : 0;
    }

    @Override
    public void relieve() {
      relieved.incrementAndGet();
    }
  }
}
