package dev.clearspan.rpc.client;

import dev.clearspan.rpc.Status;
import dev.clearspan.rpc.time.Scheduler.Scheduled;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import org.jspecify.annotations.Nullable;

/**
 * Who moves a call on: whoever brings the news. That is the caller's thread to begin with, then the
 * event loop that heard an attempt end, or the timer that ended a wait. {@link Phase} makes sure
 * that only one of them moves it at a time:
 *
 * <pre>
 * ACTIVE  (null at first) someone is moving the call, or an attempt is under way and will report
 * PARKED  waiting for endpoints or for some time to pass; whoever wins the step to ACTIVE goes on
 * DONE    told to the ledger and to the caller, exactly once
 * </pre>
 *
 * Stopping a call from outside (cancel, deadline while parked) leaves a reason in {@code halt}; a
 * parked call ends with it at once, an attempt under way is cancelled and ends with it when it
 * reports.
 */
abstract class Movement extends MadeCall implements Halting {
  private static final AtomicReferenceFieldUpdater<Movement, @Nullable Phase> PHASE =
      AtomicReferenceFieldUpdater.newUpdater(Movement.class, Phase.class, "phase");

  private static final AtomicReferenceFieldUpdater<Movement, @Nullable Failure> HALT =
      AtomicReferenceFieldUpdater.newUpdater(Movement.class, Failure.class, "halt");

  final ChannelCore core;
  final Traveller traveller;
  // No volatile field has an initial value: writing one is a fence for each call.
  private volatile @Nullable Phase phase;
  private volatile @Nullable Failure halt;
  private volatile @Nullable Scheduled timer;

  private enum Phase {
    ACTIVE,
    PARKED,
    DONE
  }

  Movement(ChannelCore core, long startNanos, Traveller traveller) {
    super(startNanos);
    this.core = core;
    this.traveller = traveller;
  }

  @Override
  public final void halt(Failure reason) {
    if (!HALT.compareAndSet(this, null, reason)) {
      return;
    }
    if (wakes()) {
      traveller.failed(reason);
    } else {
      traveller.cancelAttempt(reason.status().message());
    }
  }

  /** Why the call was stopped from outside; null: it was not. */
  final @Nullable Failure halted() {
    return halt;
  }

  /** The same, or that its channel was closed meanwhile. */
  final @Nullable Failure haltReason() {
    Failure reason = halt;
    if (reason == null && core.isClosed()) {
      return Failure.local(
          Status.Code.CANCELLED,
          "the channel to " + core.settings().service() + " was closed",
          Pipeline.TRANSPORT);
    }
    return reason;
  }

  final boolean isDone() {
    return phase == Phase.DONE;
  }

  /** The call is over and does not move any more. */
  final void stands() {
    PHASE.lazySet(this, Phase.DONE);
  }

  /** Waits for this time, then does that, unless someone {@link #wakes} it before. */
  final void park(long nanos, Runnable then) {
    // Parked before the timer exists: a short one may fire before schedule returns, and would find
    // nobody to wake.
    phase = Phase.PARKED;
    timer = core.timers().schedule(then, nanos);
    Failure halted = haltReason();
    if (halted != null && wakes()) {
      traveller.failed(halted);
    }
  }

  /** Ends a wait; false: there was none, or another was faster. */
  final boolean wakes() {
    if (!PHASE.compareAndSet(this, Phase.PARKED, Phase.ACTIVE)) {
      return false;
    }
    Scheduled current = timer;
    if (current != null) {
      current.cancel();
    }
    return true;
  }
}
