package dev.clearspan.rpc.client;

import dev.clearspan.rpc.ledger.AttemptKind;
import dev.clearspan.rpc.retry.HedgeSettings;
import dev.clearspan.rpc.retry.Pushback;
import dev.clearspan.rpc.retry.RetryBudget;
import dev.clearspan.rpc.retry.RetryRule;
import dev.clearspan.rpc.time.Scheduler.Scheduled;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Several attempts of one unary call at the same time, which its {@link Course} sees as one: the
 * first good or final answer settles it, and the others are cancelled at their servers. A failure
 * that another instance might not repeat sends the next hedge at once, unless its server names
 * another time (gRPC proposal A6); when none is left, the last failure is that of the race, and
 * retries may follow.
 *
 * <p>News come from event loops and from the timer. One lock guards who is running and whether it
 * is settled; nothing is sent, cancelled or told to the call while it is held. The ledger hears of
 * the call's end when the last loser has ended, the caller at once.
 */
final class Race<Q, R> implements Runnable {
  private final UnaryCall<Q, R> call;
  private final Course course;
  private final MethodRoute route;
  private final HedgeSettings settings;
  private final ReentrantLock lock = new ReentrantLock();
  private final List<UnaryAttempt<Q, R>> running = new ArrayList<>(2); // guarded by lock
  private int begun; // guarded by lock
  private @Nullable Runnable onQuiet; // guarded by lock
  private volatile boolean settled;
  private volatile @Nullable Scheduled timer;

  Race(UnaryCall<Q, R> call, Course course, MethodRoute route) {
    this.call = call;
    this.course = course;
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
    boolean more;
    lock.lock();
    try {
      next = settled ? null : open();
      more = !settled && begun < settings.maxAttempts();
    } finally {
      lock.unlock();
    }
    if (more) {
      arm();
    }
    if (next != null) {
      call.send(next);
    }
  }

  /** An attempt has ended; runs on the thread that heard it. */
  void ended(UnaryAttempt<Q, R> attempt, UnaryAttempt.Ending<R> ending) {
    if (settings.isByPercentile()) {
      learn(attempt, ending);
    }
    long wish = pushback(ending);
    UnaryAttempt<Q, R> next = null;
    List<UnaryAttempt<Q, R>> losers = List.of();
    Runnable quiet = null;
    boolean settles = false;
    lock.lock();
    try {
      running.remove(attempt);
      if (!settled) {
        boolean ends = isSettledBy(attempt, ending);
        next = ends || wish >= 0 ? null : open();
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
    } else if (wish >= 0) {
      arm(wish);
    }
  }

  /** When the server wants the next attempt, from now; below 0: whenever. */
  private static long pushback(UnaryAttempt.Ending<?> ending) {
    Failure failure = ending.failure();
    return failure == null ? Pushback.NONE : Pushback.nanos(failure.metadata());
  }

  private void settle(List<UnaryAttempt<Q, R>> losers) {
    disarm();
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

  /** What answered took so long; what was given up would have taken longer. */
  private void learn(UnaryAttempt<Q, R> attempt, UnaryAttempt.Ending<R> ending) {
    if (ending.failure() == null || ending.kind() == RetryRule.Failure.TIMED_OUT) {
      call.core().latencies().ended(route.method(), attempt);
    }
  }

  /** Whether this ending is the call's, whatever other attempts might bring. */
  private boolean isSettledBy(UnaryAttempt<Q, R> ended, UnaryAttempt.Ending<R> ending) {
    Failure failure = ending.failure();
    RetryRule.Failure kind = ending.kind();
    return failure == null
        || kind == null
        || course.halted() != null
        || call.isOutOfTime(ended, kind)
        || RetryRule.isFinal(route.policy().retry(), kind, failure.status(), failure.metadata());
  }

  /** Another attempt, not sent yet; null: none is left, paid for, or has where to go. Locked. */
  private @Nullable UnaryAttempt<Q, R> open() {
    RetryBudget budget = call.core().budget();
    if (begun >= settings.maxAttempts()) {
      return null;
    }
    if (!budget.take()) {
      call.core().counters().throttled.increment();
      begun = settings.maxAttempts();
      return null;
    }
    MethodRoute among = course.amongBeside();
    Picker.Pick pick = course.pickBeside(among);
    if (pick == null) {
      budget.giveBack();
      return null;
    }
    begun++;
    int number = course.hedged(among, pick);
    long now = call.core().ticker().nanos();
    UnaryAttempt<Q, R> next = call.open(among, pick, AttemptKind.HEDGE, number, now);
    running.add(next);
    return next;
  }

  private void arm() {
    long delay =
        settings.isByPercentile()
            ? call.core().latencies().percentile(route.method(), settings.percentile())
            : settings.delayNanos();
    if (delay >= 0) {
      arm(delay);
    }
  }

  private void arm(long delay) {
    disarm();
    timer = call.core().timers().schedule(this, delay);
    if (settled) {
      disarm();
    }
  }

  private void disarm() {
    Scheduled current = timer;
    if (current != null) {
      current.cancel();
    }
  }
}
