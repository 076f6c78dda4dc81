package dev.clearspan.rpc.outlier;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One instance as judged by one client. Whoever makes calls counts in its {@link #tally} and asks
 * for its {@link #ejection}, on any thread; only a {@link OutlierJudge} changes it, one at a time.
 */
public final class WatchedInstance {
  private final Tally tally;
  private volatile @Nullable Ejection ejection;

  /** Goes up with each ejection and down with each interval in which it did well. */
  private int ejections;

  /** Guarded by {@link WatchedInstances}' one thread. */
  private boolean inUse;

  /** On the list of those called; written before it is on it, and after it was taken off. */
  private @Nullable WatchedInstance calledBefore;

  WatchedInstance(WatchedInstances among) {
    tally = new Tally(() -> among.called(this));
  }

  public Tally tally() {
    return tally;
  }

  /** Why it is left out; null: it is not. */
  public @Nullable Ejection ejection() {
    return ejection;
  }

  boolean isInUse() {
    return inUse;
  }

  void inUse(boolean value) {
    inUse = value;
  }

  void calledBefore(@Nullable WatchedInstance instance) {
    calledBefore = instance;
  }

  @Nullable WatchedInstance takeCalledBefore() {
    WatchedInstance before = calledBefore;
    calledBefore = null;
    return before;
  }

  OutlierChange eject(OutlierSettings settings, OutlierCause cause, String detail, long nowNanos) {
    ejections++;
    Duration grown = settings.ejection().multipliedBy(ejections);
    Duration time = grown.compareTo(settings.maxEjection()) < 0 ? grown : settings.maxEjection();
    ejection = new Ejection(nowNanos, nowNanos + time.toNanos(), cause, detail);
    return new OutlierChange(true, cause);
  }

  OutlierChange comeBack(OutlierCause cause) {
    ejection = null;
    return new OutlierChange(false, cause);
  }

  void didWell() {
    ejections = Math.max(0, ejections - 1);
  }
}
