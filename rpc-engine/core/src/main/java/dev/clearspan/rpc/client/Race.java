package dev.clearspan.rpc.client;

import dev.clearspan.rpc.retry.HedgeSettings;
import dev.clearspan.rpc.time.Scheduler.Scheduled;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Several attempts of one unary call at the same time, which its {@link Course} sees as one: the
 * first good or final answer settles it, and the others are cancelled at their servers. A failure
 * that another instance might not repeat sends the next hedge at once (gRPC proposal A6); when none
 * is left, the last failure is that of the race, and retries may follow.
 *
 * <p>News come from event loops and from the timer. One lock guards who is running and whether it
 * is settled; nothing is sent, cancelled or told to the call while it is held. The ledger hears of
 * the call's end when the last loser has ended, the caller at once.
 */
final class Race<Q, R> implements Runnable {
  private final UnaryCall<Q, R> call;
  private final MethodRoute route;
  private final HedgeSettings settings;
  private final ReentrantLock lock = new ReentrantLock();
  private final List<UnaryAttempt<Q, R>> running = new ArrayList<>(2); // guarded by lock
  private int begun; // guarded by lock
  private @Nullable Runnable onQuiet; // guarded by lock
  private volatile boolean settled;
  private volatile @Nullable Scheduled timer;

  Race(UnaryCall<Q, R> call, MethodRoute route) {
    this.call = call;
    this.route = route;
    this.settings = route.policy().hedge();
  }

  /** The first attempt is about to be sent. */
  void begin(UnaryAttempt<Q, R> first) {
    lock.lock();
    try {
      running.add(first);
      begun = 1;
    } finally {
      lock.unlock();
    }
    arm();
  }

  boolean isSettled() {
    return settled;
  }

  /** It is time for a hedge. */
  @Override
  public void run() {
    UnaryAttempt<Q, R> next;
    lock.lock();
    try {
      next = settled ? null : open();
    } finally {
      lock.unlock();
    }
    if (next != null) {
      arm();
      call.send(next);
    }
  }

  /** An attempt has ended; runs on the thread that heard it. */
  void ended(UnaryAttempt<Q, R> attempt, UnaryAttempt.Ending<R> ending) {
    if (settings.isByPercentile()) {
      call.core().latencies().ended(route.method(), attempt);
    }
    UnaryAttempt<Q, R> next = null;
    List<UnaryAttempt<Q, R>> losers = List.of();
    Runnable quiet = null;
    boolean settles = false;
    lock.lock();
    try {
      running.remove(attempt);
      if (!settled) {
        boolean ends = call.isSettledBy(attempt, ending);
        next = ends ? null : open();
        settles = ends || running.isEmpty();
        settled = settles;
        losers = settles ? List.copyOf(running) : losers;
      } else if (running.isEmpty()) {
        quiet = onQuiet;
        onQuiet = null;
      }
    } finally {
      lock.unlock();
    }
    if (settles) {
      settle(losers);
      call.concludes(attempt, ending);
    } else if (next != null) {
      call.send(next);
    } else if (quiet != null) {
      quiet.run();
    }
  }

  private void settle(List<UnaryAttempt<Q, R>> losers) {
    Scheduled current = timer;
    if (current != null) {
      current.cancel();
    }
    losers.forEach(UnaryAttempt::lose);
  }

  /** Gives up all attempts under way; their ends are heard as usual. */
  void cancel() {
    List<UnaryAttempt<Q, R>> now;
    lock.lock();
    try {
      now = List.copyOf(running);
    } finally {
      lock.unlock();
    }
    now.forEach(UnaryAttempt::cancel);
  }

  /** Runs this when no attempt is under way any more, once it is settled. */
  void whenQuiet(Runnable action) {
    lock.lock();
    try {
      if (!running.isEmpty()) {
        onQuiet = action;
        return;
      }
    } finally {
      lock.unlock();
    }
    action.run();
  }

  /** Another attempt, not sent yet; null: none is left, allowed or paid for. Under the lock. */
  private @Nullable UnaryAttempt<Q, R> open() {
    if (begun >= settings.maxAttempts()) {
      return null;
    }
    UnaryAttempt<Q, R> next = call.openHedge(route);
    if (next != null) {
      begun++;
      running.add(next);
    }
    return next;
  }

  private void arm() {
    long delay =
        settings.isByPercentile()
            ? call.core().latencies().percentile(route.method(), settings.percentile())
            : settings.delayNanos();
    if (delay >= 0) {
      timer = call.core().timers().schedule(this, delay);
      if (settled) {
        settle(List.of());
      }
    }
  }
}
