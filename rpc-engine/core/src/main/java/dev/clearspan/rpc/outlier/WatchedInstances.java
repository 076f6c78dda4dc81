package dev.clearspan.rpc.outlier;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A channel's instances as they are judged: whom there is to judge, who was called since then, who
 * is left out. An instance puts itself on the list of those called with its first call, so that
 * judging costs by the calls that were made and not by the instances that are there.
 *
 * <p>{@link #add} and what calls count is thread-safe; the rest is for one thread at a time.
 */
public final class WatchedInstances {
  /** The newest of those called; each knows the one before. */
  private final AtomicReference<@Nullable WatchedInstance> called = new AtomicReference<>();

  private List<WatchedInstance> inUse = List.of();
  private final List<WatchedInstance> ejected = new ArrayList<>();
  private int suspects;

  /** A new instance; judged once it is in {@link #use}. */
  public WatchedInstance add() {
    return new WatchedInstance(this);
  }

  /**
   * Judges these from now on, each against the others.
   *
   * @param suspectsAmong how many of them are left out as suspects
   */
  public void use(List<WatchedInstance> instances, int suspectsAmong) {
    inUse.forEach(instance -> instance.inUse(false));
    inUse = List.copyOf(instances);
    inUse.forEach(instance -> instance.inUse(true));
    suspects = suspectsAmong;
    ejected.clear();
    inUse.stream().filter(instance -> instance.ejection() != null).forEach(ejected::add);
  }

  /** Was called, for the first time since {@link #takeCalled}. */
  void called(WatchedInstance instance) {
    WatchedInstance before;
    do {
      before = called.get();
      instance.calledBefore(before);
    } while (!called.compareAndSet(before, instance));
  }

  /** Those called since the last time, each once; in use or not. */
  List<WatchedInstance> takeCalled() {
    List<WatchedInstance> taken = new ArrayList<>();
    WatchedInstance one = called.getAndSet(null);
    while (one != null) {
      taken.add(one);
      one = one.takeCalledBefore();
    }
    return taken;
  }

  /** How many there are to judge. */
  int count() {
    return inUse.size();
  }

  /** How many of them are left out. */
  int leftOut() {
    return suspects + ejected.size();
  }

  OutlierChange eject(
      WatchedInstance instance,
      OutlierSettings settings,
      OutlierCause cause,
      String detail,
      long nowNanos) {
    ejected.add(instance);
    return instance.eject(settings, cause, detail, nowNanos);
  }

  /** Those whose time is over are back. */
  List<OutlierChange> comeBack(long nowNanos) {
    return comeBack(OutlierCause.TIME_OVER, ejection -> nowNanos - ejection.untilNanos() >= 0);
  }

  /** Takes back every ejection. */
  public List<OutlierChange> pardon() {
    return comeBack(OutlierCause.SWITCHED_OFF, ejection -> true);
  }

  private List<OutlierChange> comeBack(OutlierCause cause, Predicate<Ejection> which) {
    List<OutlierChange> changes = new ArrayList<>();
    ejected.removeIf(
        instance -> {
          Ejection ejection = instance.ejection();
          boolean back = ejection != null && which.test(ejection);
          if (back) {
            changes.add(instance.comeBack(cause));
          }
          return back;
        });
    return changes;
  }
}
