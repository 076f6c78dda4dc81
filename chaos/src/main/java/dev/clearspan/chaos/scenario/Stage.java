package dev.clearspan.chaos.scenario;

import dev.clearspan.chaos.load.FailedCall;
import dev.clearspan.chaos.load.Tally;
import dev.clearspan.chaos.world.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Where one scenario is played: its load, its length, its world. Closed from any thread. */
public final class Stage implements AutoCloseable {
  /** Time under load before anything happens, for connections to open and snapshots to be kept. */
  private static final Duration CALM = Duration.ofSeconds(3);

  private static final int MOST_TOLD = 3;

  private final int rate;
  private final int seconds;
  private final Consumer<String> notes;
  private final ReentrantLock lock = new ReentrantLock();
  private @Nullable World world; // guarded by lock
  private boolean closed; // guarded by lock

  /**
   * A stage.
   *
   * @param rate calls a second
   * @param seconds how long the fault lasts
   * @param notes hears what happens, for people
   */
  public Stage(int rate, int seconds, Consumer<String> notes) {
    this.rate = rate;
    this.seconds = seconds;
    this.notes = notes;
  }

  int rate() {
    return rate;
  }

  int seconds() {
    return seconds;
  }

  World open(int members, int servers) throws InterruptedException {
    note("starting %d etcd, %d servers".formatted(members, servers));
    lock.lock();
    try {
      if (closed) {
        throw new IllegalStateException("stopped before it began");
      }
      return world = World.open(members, servers);
    } finally {
      lock.unlock();
    }
  }

  void note(String text) {
    notes.accept(text);
  }

  void calm() throws InterruptedException {
    note("%,d calls a second".formatted(rate));
    TimeUnit.NANOSECONDS.sleep(CALM.toNanos());
  }

  /** Lets time pass until so many seconds after a moment, which {@link System#nanoTime} told. */
  void until(int secondsAfter, long nanos) throws InterruptedException {
    long rest = nanos + TimeUnit.SECONDS.toNanos(secondsAfter) - System.nanoTime();
    TimeUnit.NANOSECONDS.sleep(Math.max(0, rest));
  }

  /** What every load must come to when nothing may fail. */
  List<Finding> nothingFailed(Tally tally) {
    List<Finding> findings = load(tally);
    findings.add(Finding.none("failed calls", tally.failed()));
    tell(tally.failures());
    return findings;
  }

  /** What every load must come to, failures apart. */
  List<Finding> load(Tally tally) {
    List<Finding> findings = new ArrayList<>();
    findings.add(Finding.told("calls", tally.calls(), ""));
    findings.add(Finding.atLeast("calls a second", tally.rate(), rate * 9L / 10, ""));
    findings.add(Finding.none("calls that never ended", tally.lost()));
    return findings;
  }

  /** Names the first failures. */
  void tell(List<FailedCall> failures) {
    failures.stream().limit(MOST_TOLD).forEach(failure -> note("failed " + failure));
  }

  /** Ends all that was started; what is being started, when that has come to its end. */
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      if (world != null) {
        world.close();
      }
    } finally {
      lock.unlock();
    }
  }
}
