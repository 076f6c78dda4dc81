package dev.clearspan.rpc.client;

import dev.clearspan.rpc.Metadata;
import dev.clearspan.rpc.MethodSpec;
import dev.clearspan.rpc.RpcException.CallSite;
import dev.clearspan.rpc.Status;
import dev.clearspan.rpc.ledger.AttemptKind;
import dev.clearspan.rpc.ledger.CallLedger;
import dev.clearspan.rpc.ledger.CallRecord;
import dev.clearspan.rpc.retry.RetryRule;
import dev.clearspan.rpc.time.Scheduler.Scheduled;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import org.jspecify.annotations.Nullable;

/**
 * The course of one call, unary or not: from attempt to attempt until it ends, with the waits
 * between them.
 *
 * <p>Attempts follow each other; those of a {@link Race}, which are under way at the same time, are
 * one in the eyes of the course. What drives the call is whoever brings the news: the caller's
 * thread to begin with, then the event loop that heard an attempt end, or the timer that ended a
 * wait. {@link Phase} makes sure that only one of them moves it at a time:
 *
 * <pre>
 * ACTIVE  (null at first) someone is moving the call, or an attempt is under way and will report
 * PARKED  waiting for endpoints or for a backoff to pass; whoever wins the step to ACTIVE goes on
 * DONE    told to the ledger and to the caller, exactly once
 * </pre>
 *
 * Stopping a call from outside (cancel, deadline while parked) leaves a reason in {@code halt}; a
 * parked call ends with it at once, an attempt under way is cancelled and ends with it when it
 * reports.
 */
final class Course implements Halting, CallRecord {
  private static final AtomicReferenceFieldUpdater<Course, @Nullable Phase> PHASE =
      AtomicReferenceFieldUpdater.newUpdater(Course.class, Phase.class, "phase");

  private static final AtomicReferenceFieldUpdater<Course, @Nullable Failure> HALT =
      AtomicReferenceFieldUpdater.newUpdater(Course.class, Failure.class, "halt");

  private final ChannelCore core;
  private final MethodSpec<?, ?> method;
  private final CallLedger.ClientCall ledger;
  private final long startNanos;
  private final Traveller traveller;
  private final Picker picker = new Picker();
  // No volatile field has an initial value: writing one is a fence for each call.
  private volatile @Nullable Phase phase;
  private volatile @Nullable Failure halt;
  private volatile @Nullable Scheduled timer;
  private volatile @Nullable Endpoint endpoint;
  private volatile int attempts;
  private long deadlineNanos;
  private @Nullable MethodRoute route; // of the last attempt, or of the one that was not made
  private @Nullable Passage passage; // through the method's detour, if it has one
  private boolean forRepeated;
  private @Nullable Repeats repeats; // with the first failure
  private @Nullable Failure lastFailure;
  // Written by the one that ends the call.
  private Status status = Status.OK;
  private @Nullable String errorType;
  private long endNanos;

  private enum Phase {
    ACTIVE,
    PARKED,
    DONE
  }

  /** The call whose course it is. */
  interface Traveller {
    /** What the caller sends along. */
    Metadata metadata();

    /** Makes an attempt; {@link Course#attemptFailed} is to be told if it fails. */
    void attempt(MethodRoute route, Picker.Pick pick, AttemptKind kind, int number, long now);

    /** Gives the attempt under way up, if there is one; its end is heard as usual. */
    void cancelAttempt(String reason);

    /** The call ends with this. */
    void failed(Failure failure);
  }

  Course(
      ChannelCore core,
      MethodSpec<?, ?> method,
      CallLedger.ClientCall ledger,
      long startNanos,
      Traveller traveller) {
    this.core = core;
    this.method = method;
    this.ledger = ledger;
    this.startNanos = startNanos;
    this.traveller = traveller;
  }

  /** When the call ends at the latest; to be said before the start. */
  void until(long callDeadlineNanos) {
    deadlineNanos = callDeadlineNanos;
  }

  /** The call is made for a served one that is repeated already: whoever repeats that is enough. */
  void forRepeated() {
    forRepeated = true;
  }

  boolean isForRepeated() {
    return forRepeated;
  }

  /** What holds for the call; null before its first look for an endpoint. */
  @Nullable MethodRoute route() {
    return route;
  }

  /** Makes the first attempt, if there is time left until the deadline. */
  void start() {
    if (deadlineNanos - core.ticker().nanos() <= 0) {
      traveller.failed(outOfTime("before the first attempt", Pipeline.DEADLINE));
    } else {
      next(AttemptKind.FIRST);
    }
  }

  @Override
  public Status status() {
    return status;
  }

  @Override
  public @Nullable String errorType() {
    return errorType;
  }

  @Override
  public int attempts() {
    return attempts;
  }

  @Override
  public long startNanos() {
    return startNanos;
  }

  @Override
  public long endNanos() {
    return endNanos;
  }

  long deadlineNanos() {
    return deadlineNanos;
  }

  boolean isDone() {
    return phase == Phase.DONE;
  }

  @Override
  public void halt(Failure reason) {
    if (!HALT.compareAndSet(this, null, reason)) {
      return;
    }
    if (PHASE.compareAndSet(this, Phase.PARKED, Phase.ACTIVE)) {
      stopTimer();
      traveller.failed(reason);
    } else {
      traveller.cancelAttempt(reason.status().message());
    }
  }

  /** Why the call was stopped from outside; null: it was not. */
  @Nullable Failure halted() {
    return halt;
  }

  /** An attempt has failed; {@code kind} is what that means for repeating it, null: never. */
  void attemptFailed(Failure failure, RetryRule.@Nullable Failure kind) {
    Failure halted = haltReason();
    if (halted != null) {
      traveller.failed(halted);
      return;
    }
    lastFailure = failure;
    if (kind == null) {
      traveller.failed(failure);
    } else {
      failOrRetry(failure, kind);
    }
  }

  /** The deadline passed while doing this. */
  Failure outOfTime(String doing, String stage) {
    return Failure.local(
        Status.Code.DEADLINE_EXCEEDED,
        "deadline of %.1f ms passed %s".formatted((deadlineNanos - startNanos) / 1e6, doing),
        stage);
  }

  CallSite site(String stage) {
    Endpoint last = endpoint;
    return new CallSite(
        method.fullName(),
        last == null ? "none" : last.authority(),
        attempts,
        stage,
        Duration.ofNanos(core.ticker().nanos() - startNanos),
        ledger.traceId());
  }

  /** The call is over and does not move any more. */
  void end(Status result, @Nullable String finer) {
    status = result;
    errorType = finer;
    endNanos = core.ticker().nanos();
    PHASE.lazySet(this, Phase.DONE);
  }

  /** Tells counters and ledger how the call ended. */
  void tellLedger() {
    core.counters().active.decrement();
    ledger.end(this);
  }

  /** Goes on with another attempt, on the thread that has just moved the call to ACTIVE. */
  private void next(AttemptKind kind) {
    Failure halted = haltReason();
    if (halted != null) {
      traveller.failed(halted);
      return;
    }
    Routes routes = core.directory().routes();
    if (!routes.isKnown()) {
      awaitEndpoints();
      return;
    }
    MethodRoute whole = routes.route(method.fullName());
    route = whole;
    Detour detour = whole.detour();
    if (detour == null) {
      anywhere(whole, kind);
    } else {
      Passage through = passage;
      if (through == null) {
        through = new Passage(this, core, ledger, detour);
        passage = through;
      }
      through.take(detour, whole, traveller.metadata(), kind);
    }
  }

  /** Makes an attempt at any of the method's endpoints, or ends the call. */
  void anywhere(MethodRoute whole, AttemptKind kind) {
    if (whole.size() == 0) {
      nowhereToGo(noEndpoint(core.directory().routes().emptiness()));
    } else if (!tryOne(whole, kind)) {
      notPermitted(whole);
    }
  }

  /** Makes an attempt at one of the route's endpoints; false: none may be called. */
  boolean tryOne(MethodRoute among, AttemptKind kind) {
    long now = core.ticker().nanos();
    Picker.Pick pick = picker.pick(among, now, core.counters().learned.get());
    if (pick == null) {
      return false;
    }
    attempt(among, pick, kind, now);
    return true;
  }

  void notPermitted(MethodRoute among) {
    ChannelCounters.count(core.counters().notPermitted, among.method());
    nowhereToGo(Refusal.of(among, core.ticker().nanos()));
  }

  static Failure noEndpoint(String why) {
    return Failure.local(Status.Code.UNAVAILABLE, why, Pipeline.BALANCER, "no_endpoint");
  }

  /** Goes on after this time, or ends the call with its deadline. */
  void holdBack(long nanos, String doing) {
    long left = deadlineNanos - core.ticker().nanos();
    if (nanos < left) {
      park(nanos, this::resume);
    } else {
      park(left, () -> halt(outOfTime(doing, Pipeline.FAULT)));
    }
  }

  /** Ends the call without an attempt. */
  void refuse(Failure failure) {
    traveller.failed(failure);
  }

  /** Picks for an attempt beside those under way; null: no other instance may be called. */
  Picker.@Nullable Pick pickBeside(MethodRoute among) {
    return halt != null || core.isClosed()
        ? null
        : picker.pickBeside(among, core.ticker().nanos(), core.counters().learned.get());
  }

  /** A hedge begins; returns its number. By one thread at a time. */
  int hedged(MethodRoute among, Picker.Pick pick) {
    int number = attempts + 1;
    attempts = number;
    endpoint = pick.endpoint();
    ChannelCounters.count(core.counters().hedges, among.method());
    return number;
  }

  private void attempt(MethodRoute among, Picker.Pick pick, AttemptKind kind, long now) {
    int number = attempts + 1;
    attempts = number;
    endpoint = pick.endpoint();
    if (kind == AttemptKind.RETRY) {
      ChannelCounters.count(core.counters().retries, among.method());
    }
    traveller.attempt(among, pick, kind, number, now);
  }

  private void failOrRetry(Failure failure, RetryRule.Failure kind) {
    Repeats known = repeats;
    if (known == null) {
      known = new Repeats(core, method, forRepeated);
      repeats = known;
    }
    long left = deadlineNanos - core.ticker().nanos();
    Repeats.Next next = known.after(failure, kind, attempts, left);
    if (next instanceof Repeats.Next.AtOnce) {
      next(AttemptKind.TRANSPARENT);
    } else if (next instanceof Repeats.Next.After after) {
      park(after.nanos(), this::resume);
    } else if (next instanceof Repeats.Next.End end) {
      traveller.failed(end.failure());
    }
  }

  /** No endpoint takes the next attempt: what the last one said matters more, if there was one. */
  void nowhereToGo(Failure refusal) {
    Failure last = lastFailure;
    if (last == null) {
      traveller.failed(refusal);
    } else {
      traveller.failed(repeats == null ? last : repeats.marked(last, attempts));
    }
  }

  private void awaitEndpoints() {
    String doing = "waiting to hear of any instance of " + core.settings().service();
    park(deadlineNanos - core.ticker().nanos(), () -> halt(outOfTime(doing, Pipeline.BALANCER)));
    if (!core.directory().await(this::resume)) {
      if (core.directory().routes().isKnown()) {
        resume();
      } else {
        halt(tooManyWaiting());
      }
    }
  }

  private Failure tooManyWaiting() {
    return Failure.local(
        Status.Code.RESOURCE_EXHAUSTED,
        "calls waiting to hear of any instance of %s: %d (expected: fewer)"
            .formatted(core.settings().service(), EndpointDirectory.MAX_WAITING),
        Pipeline.BALANCER);
  }

  private void park(long nanos, Runnable then) {
    // Parked before the timer exists: a short one may fire before schedule returns, and would find
    // nobody to wake.
    phase = Phase.PARKED;
    timer = core.timers().schedule(then, nanos);
    Failure halted = haltReason();
    if (halted != null && PHASE.compareAndSet(this, Phase.PARKED, Phase.ACTIVE)) {
      stopTimer();
      traveller.failed(halted);
    }
  }

  /** Ends a wait, if it is not over. */
  private void resume() {
    if (PHASE.compareAndSet(this, Phase.PARKED, Phase.ACTIVE)) {
      stopTimer();
      next(attempts == 0 ? AttemptKind.FIRST : AttemptKind.RETRY);
    }
  }

  private @Nullable Failure haltReason() {
    Failure reason = halt;
    if (reason == null && core.isClosed()) {
      return Failure.local(
          Status.Code.CANCELLED,
          "the channel to " + core.settings().service() + " was closed",
          Pipeline.TRANSPORT);
    }
    return reason;
  }

  private void stopTimer() {
    Scheduled current = timer;
    if (current != null) {
      current.cancel();
    }
  }
}
