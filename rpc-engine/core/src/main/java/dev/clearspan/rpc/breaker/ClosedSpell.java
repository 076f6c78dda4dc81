package dev.clearspan.rpc.breaker;

import dev.clearspan.rpc.breaker.BreakerView.Name;
import dev.clearspan.rpc.breaker.CircuitBreaker.Permit;
import dev.clearspan.rpc.breaker.SlidingWindow.Sum;
import org.jspecify.annotations.Nullable;

/**
 * The time from a breaker's closing to its next opening, with what was counted in it: the permit of
 * all its calls, and what is left of them once it is over.
 */
final class ClosedSpell implements Permit {
  private final SlidingWindowBreaker breaker;
  private final BreakerView view;
  private final SlidingWindow window;
  private final Closed unbroken = new Closed(this, 0);

  ClosedSpell(SlidingWindowBreaker breaker, long nowNanos) {
    this.breaker = breaker;
    this.view = new BreakerView(Name.CLOSED, nowNanos, nowNanos, "");
    this.window = new SlidingWindow(breaker.settings().window().toNanos(), nowNanos);
  }

  BreakerView view() {
    return view;
  }

  /** The state without failures in a row. */
  Closed unbroken() {
    return unbroken;
  }

  @Override
  public @Nullable Transition succeeded(long nowNanos, long tookNanos) {
    boolean slow = breaker.isSlow(tookNanos);
    window.succeeded(nowNanos, slow);
    endRow();
    return slow ? judgeSlowness(nowNanos) : null;
  }

  @Override
  public @Nullable Transition failed(long nowNanos, long tookNanos, String cause) {
    boolean slow = breaker.isSlow(tookNanos);
    window.failed(nowNanos, slow);
    if (!breaker.settings().enabled()) {
      return null;
    }
    Transition opened = countInRow(nowNanos, cause);
    if (opened == null) {
      opened = judgeFailures(nowNanos, cause);
    }
    return opened == null && slow ? judgeSlowness(nowNanos) : opened;
  }

  @Override
  public void released() {}

  /** A permit that fills the window and opens nothing. */
  Permit counting() {
    return new Counting();
  }

  /** A row of none is the usual case: it is read and left alone. */
  private void endRow() {
    Closed now = current();
    while (now != null && now != unbroken && !breaker.exchange(now, unbroken)) {
      now = current();
    }
  }

  private @Nullable Transition countInRow(long nowNanos, String cause) {
    int limit = breaker.settings().consecutiveFailures();
    for (Closed now = current(); now != null; now = current()) {
      int inRow = now.failuresInRow() + 1;
      if (inRow < limit) {
        if (breaker.exchange(now, new Closed(this, inRow))) {
          return null;
        }
      } else {
        String detail = inRow + " failures in a row, last " + cause;
        Transition opened =
            breaker.open(now, nowNanos, 1, TransitionCause.CONSECUTIVE_FAILURES, detail);
        if (opened != null) {
          return opened;
        }
      }
    }
    return null;
  }

  private @Nullable Transition judgeFailures(long nowNanos, String cause) {
    BreakerSettings settings = breaker.settings();
    Sum sum = window.sum(nowNanos);
    if (sum.calls() < settings.minimumCalls() || sum.failureRate() < settings.failureRate()) {
      return null;
    }
    String detail =
        "%d of %d calls failed in %s, last %s"
            .formatted(sum.failures(), sum.calls(), windowText(), cause);
    return open(nowNanos, TransitionCause.FAILURE_RATE, detail);
  }

  private @Nullable Transition judgeSlowness(long nowNanos) {
    BreakerSettings settings = breaker.settings();
    Sum sum = window.sum(nowNanos);
    if (!settings.enabled()
        || sum.calls() < settings.minimumCalls()
        || sum.slowRate() < settings.slowCallRate()) {
      return null;
    }
    String detail =
        "%d of %d calls took %d ms or more in %s"
            .formatted(sum.slow(), sum.calls(), settings.slowCall().toMillis(), windowText());
    return open(nowNanos, TransitionCause.SLOW_CALL_RATE, detail);
  }

  private @Nullable Transition open(long nowNanos, TransitionCause cause, String detail) {
    Transition opened = null;
    for (Closed now = current(); now != null && opened == null; now = current()) {
      opened = breaker.open(now, nowNanos, 1, cause, detail);
    }
    return opened;
  }

  /** The breaker's state, while it is one of this spell. */
  private @Nullable Closed current() {
    return breaker.state() instanceof Closed closed && closed.spell() == this ? closed : null;
  }

  private String windowText() {
    return breaker.settings().window().toSeconds() + " s";
  }

  private final class Counting implements Permit {
    @Override
    public @Nullable Transition succeeded(long nowNanos, long tookNanos) {
      window.succeeded(nowNanos, breaker.isSlow(tookNanos));
      return null;
    }

    @Override
    public @Nullable Transition failed(long nowNanos, long tookNanos, String cause) {
      window.failed(nowNanos, breaker.isSlow(tookNanos));
      return null;
    }

    @Override
    public void released() {}
  }
}
