package dev.clearspan.rpc.server;

import dev.clearspan.rpc.Criticality;
import dev.clearspan.rpc.Metadata;
import dev.clearspan.rpc.Status;
import dev.clearspan.rpc.ledger.Gauges;
import dev.clearspan.rpc.limit.FixedLimits;
import dev.clearspan.rpc.limit.LimitMark;
import dev.clearspan.rpc.limit.LimitSettings;
import dev.clearspan.rpc.limit.OverloadControl;
import dev.clearspan.rpc.limit.RefusalReason;
import dev.clearspan.rpc.policy.ServiceLimits;
import dev.clearspan.rpc.retry.Pushback;
import dev.clearspan.rpc.time.Ticker;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Counts the calls in flight and turns calls away when there are too many: those that may be shed
 * earlier, so that room is left for those that matter.
 *
 * <p>Calls are counted in two kinds. Those whose handlers run on the dispatcher's threads are what
 * {@link OverloadControl} measures and limits; streams, which live as long as they like, calls on
 * the loop and health checks are not, but count towards the server's limit like the others.
 * Thread-safe.
 */
public final class CallGate {
  /** Of the time that a call has, those it may wait for a thread. */
  private static final int WAITING_QUARTERS = 3;

  private final int most;
  private final int mostSheddablePlus;
  private final int mostSheddable;
  private final Ticker ticker;
  private final AtomicInteger handlers = new AtomicInteger();
  private final AtomicInteger others = new AtomicInteger();
  private final Place handler = new Place(this, true, null);
  private final Place other = new Place(this, false, null);
  private final OverloadControl overload;
  private final RefusalCounts refused = new RefusalCounts();
  private final AtomicReference<@Nullable CompletableFuture<Void>> idle = new AtomicReference<>();
  private volatile FixedLimits fixed = FixedLimits.NONE;
  private volatile Runnable onOverload = () -> {};

  /** A gate for this many calls, and the default limits until others are set. */
  public CallGate(int most, Ticker ticker) {
    this.most = most;
    this.mostSheddablePlus = most - most / 8;
    this.mostSheddable = most - most / 4;
    this.ticker = ticker;
    this.overload = new OverloadControl(LimitSettings.DEFAULT, () -> onOverload.run());
  }

  /** Other limits, in force with the next call. */
  void limits(ServiceLimits limits) {
    overload.settings(limits.service());
    fixed = fixed.replacedBy(limits.service().fixed(), limits.methods());
  }

  /** Runs when overload begins and when it is over, on the thread of a call; must be quick. */
  void onOverload(Runnable action) {
    onOverload = action;
  }

  /**
   * Admits a call, or says why not.
   *
   * @param callerService what the caller calls itself; "" when unknown
   * @param callerIdentity who it is by its certificate; null when it showed none
   */
  public Admission admit(
      ServedMethod<?, ?> method,
      Criticality criticality,
      String callerService,
      @Nullable String callerIdentity) {
    Admission admission = admit(method.isShed(), criticality);
    FixedLimits limits = fixed;
    return limits == FixedLimits.NONE || admission instanceof Refusal
        ? admission
        : within(
            limits, method, callerIdentity == null ? callerService : callerIdentity, criticality);
  }

  /**
   * Admits a call that no fixed limits are about, or says why not.
   *
   * @param sheds whether it counts as load, and may be refused for it
   */
  public Admission admit(boolean sheds, Criticality criticality) {
    int now = (sheds ? handlers : others).incrementAndGet();
    int rest = (sheds ? others : handlers).get();
    int bound = most(criticality);
    if (now + rest > bound) {
      return refuse(sheds, criticality, full(criticality, bound));
    }
    if (sheds && now > overload.mostInFlight(criticality)) {
      return refuse(true, criticality, overloaded(criticality));
    }
    return sheds ? handler : other;
  }

  private Admission within(
      FixedLimits limits, ServedMethod<?, ?> method, String caller, Criticality criticality) {
    FixedLimits.Outcome outcome = limits.take(method.spec().fullName(), caller, ticker.nanos());
    if (outcome instanceof FixedLimits.Taken taken) {
      return new Place(this, method.isShed(), taken);
    }
    return refuse(method.isShed(), criticality, denied((FixedLimits.Denial) outcome));
  }

  private Refusal refuse(boolean sheds, Criticality criticality, Refusal refusal) {
    leave(sheds);
    refused.count(refusal.reason(), criticality);
    return refusal;
  }

  private Refusal full(Criticality criticality, int bound) {
    return Refusal.full(
        RefusalReason.IN_FLIGHT,
        bound == most
            ? "calls in flight: " + most
            : "calls in flight: %d (expected for one that is %s: < %d)"
                .formatted(inFlight() - 1, criticality.label(), bound));
  }

  private Refusal overloaded(Criticality criticality) {
    return Refusal.full(
        RefusalReason.ADAPTIVE,
        "overloaded: the adaptive limit of calls in handlers is %d for one that is %s (policy"
                .formatted(overload.mostInFlight(criticality), criticality.label())
            + " limit.adaptive; add instances, or raise its min)");
  }

  private static Refusal denied(FixedLimits.Denial denial) {
    Metadata metadata = LimitMark.of(denial.reason());
    long again = denial.comeAgainMillis();
    return new Refusal(
        denial.reason(),
        Status.of(Status.Code.RESOURCE_EXHAUSTED, denial.text()),
        again < 0 ? metadata : metadata.with(Pushback.KEY, String.valueOf(again)));
  }

  /** A call has its thread. */
  public void started(long arrivedNanos, long now) {
    overload.started(arrivedNanos, now, handlers.get());
  }

  /**
   * Whether a call has waited too long for its thread, and then why it is not run. Who has waited
   * for most of the time that the call has would hardly hear its answer, so nobody works on it.
   *
   * @param left nanoseconds until its deadline
   */
  public @Nullable Refusal tooLate(Criticality criticality, long waited, long left) {
    long longest =
        Math.min(overload.longestWaitNanos(criticality), (waited + left) / 4 * WAITING_QUARTERS);
    if (waited <= longest) {
      return null;
    }
    Refusal late =
        Refusal.full(
            RefusalReason.QUEUE_TIME,
            "waited %d ms for a thread (expected for one that is %s: <= %d ms; policy limit.maxQueue,"
                    .formatted(millis(waited), criticality.label(), millis(longest))
                + " less while the queue stands, and at most 3/4 of the call's time)");
    refused.count(late.reason(), criticality);
    return late;
  }

  /** A call has ended; {@code handlerNanos} is below 0 if no handler ran. */
  public void ended(boolean outOfTime, long handlerNanos, long now) {
    if (outOfTime) {
      overload.expired(handlerNanos, now, handlers.get());
    } else if (handlerNanos >= 0) {
      overload.answered(handlerNanos, now);
    }
  }

  private static long millis(long nanos) {
    return TimeUnit.NANOSECONDS.toMillis(nanos);
  }

  private int most(Criticality criticality) {
    return switch (criticality) {
      case CRITICAL_PLUS, CRITICAL -> most;
      case SHEDDABLE_PLUS -> mostSheddablePlus;
      case SHEDDABLE -> mostSheddable;
    };
  }

  void leave(boolean sheds) {
    if ((sheds ? handlers : others).decrementAndGet() == 0 && inFlight() == 0) {
      CompletableFuture<Void> waiting = idle.get();
      if (waiting != null) {
        waiting.complete(null);
      }
    }
  }

  /** Completes when no call is in flight. To be asked once, after calls are turned away. */
  public CompletableFuture<Void> idle() {
    CompletableFuture<Void> waiting = new CompletableFuture<>();
    idle.set(waiting);
    if (inFlight() == 0) {
      waiting.complete(null);
    }
    return waiting;
  }

  /** A call that is turned away elsewhere: by a server that drains, a connection that is full. */
  public Refusal refusal(RefusalReason reason, Criticality criticality, String text) {
    refused.count(reason, criticality);
    return Refusal.of(reason, text);
  }

  public int inFlight() {
    return handlers.get() + others.get();
  }

  public long refused() {
    return refused.sum();
  }

  /** The most calls in handlers that are taken now, of the class that matters by default. */
  int adaptiveLimit() {
    return Math.min(most, overload.mostInFlight(Criticality.CRITICAL));
  }

  /** What the overload control finds now. */
  OverloadControl.View overload() {
    return overload.view();
  }

  int inHandlers() {
    return handlers.get();
  }

  List<Gauges.Sample> refusals() {
    return refused.samples("clearspan.server.call.refused");
  }
}
