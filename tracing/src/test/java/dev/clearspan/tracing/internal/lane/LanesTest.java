package dev.clearspan.tracing.internal.lane;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** One writer at a time, whoever it is, and nobody waits for a lane while another is free. */
class LanesTest {
  private static final int ROUNDS = 100_000;

  /** Written without any care. */
  private static final class Tally {
    long writes;
    boolean inUse;
    boolean shared;

    void write() {
      shared |= inUse;
      inUse = true;
      writes++;
      inUse = false;
    }
  }

  private final Lanes<Tally> lanes = new Lanes<>(Tally::new);

  @Test
  void plainWritesOfManyThreadsAreNeverLost() throws Exception {
    int threads = 2 * Lanes.count() + 1;
    inParallel(threads, this::writeMuch);
    assertThat(lanes.all()).extracting(lane -> lane.content().shared).containsOnly(false);
    assertThat(lanes.all().stream().mapToLong(lane -> lane.content().writes).sum())
        .isEqualTo((long) threads * ROUNDS);
  }

  @Test
  void aThreadComesBackToItsLane() {
    Lane<Tally> first = lanes.take();
    first.giveBack();
    Lane<Tally> again = lanes.take();
    again.giveBack();
    assertThat(again).isSameAs(first);
  }

  @Test
  void aLaneThatIsHeldIsPassedBy() {
    Lane<Tally> held = lanes.take();
    Lane<Tally> other = lanes.take();
    assertThat(other).isNotSameAs(held);
    other.giveBack();
    held.giveBack();
  }

  @Test
  void eventLoopsHaveLanesOfTheirOwn() throws Exception {
    List<Lane<Tally>> ofLoops = new ArrayList<>();
    for (int i = 0; i < Runtime.getRuntime().availableProcessors(); i++) {
      ofLoops.add(laneOf("clearspan-loop-" + i));
    }
    List<Lane<Tally>> ofOthers = new ArrayList<>();
    for (int i = 0; i < 3 * Lanes.count(); i++) {
      ofOthers.add(laneOf("caller-" + i));
    }
    assertThat(ofLoops).doesNotHaveDuplicates().doesNotContainAnyElementsOf(ofOthers);
  }

  private Lane<Tally> laneOf(String threadName) throws InterruptedException {
    List<Lane<Tally>> taken = new ArrayList<>();
    Thread thread =
        new Thread(
            () -> {
              Lane<Tally> lane = lanes.take();
              lane.giveBack();
              taken.add(lane);
            },
            threadName);
    thread.start();
    thread.join();
    return taken.get(0);
  }

  private Void writeMuch() {
    for (int i = 0; i < ROUNDS; i++) {
      Lane<Tally> lane = lanes.take();
      try {
        lane.content().write();
      } finally {
        lane.giveBack();
      }
    }
    return null;
  }

  private static void inParallel(int threads, Callable<Void> task)
      throws InterruptedException, ExecutionException {
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      List<Callable<Void>> tasks = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        tasks.add(task);
      }
      for (Future<Void> done : pool.invokeAll(tasks)) {
        done.get();
      }
    } finally {
      pool.shutdownNow();
    }
  }
}
