package dev.clearspan.rpc.client;

import dev.clearspan.rpc.MethodSpec;
import dev.clearspan.rpc.RpcException.CallSite;
import dev.clearspan.rpc.Status;
import dev.clearspan.rpc.ledger.AttemptKind;
import dev.clearspan.rpc.ledger.CallLedger;
import dev.clearspan.rpc.limit.LimitMark;
import dev.clearspan.rpc.policy.MethodPolicy;
import dev.clearspan.rpc.retry.RetryRule;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The course of one call, unary or not: from attempt to attempt until it ends, with the waits
 * between them. {@link Movement} says on which thread.
 *
 * <p>Attempts follow each other; those of a {@link Race}, which are under way at the same time, are
 * one in the eyes of the course.
 */
final class Course extends Movement {
  private final MethodSpec<?, ?> method;
  private final CallLedger.ClientCall ledger;
  private final Picker picker;
  // No volatile field has an initial value: writing one is a fence for each call.
  private volatile @Nullable Endpoint endpoint;
  private volatile int attempts;
  private long deadlineNanos;
  private @Nullable MethodRoute route; // of the last attempt, or of the one that was not made
  private @Nullable Passage passage; // through the method's detour, if it has one
  private boolean forRepeated;
  private @Nullable Repeats repeats; // with the first failure
  private @Nullable Failure lastFailure;
  private boolean throttled;
  private boolean refusedByLimit;

  Course(
      ChannelCore core,
      MethodSpec<?, ?> method,
      CallLedger.ClientCall ledger,
      long startNanos,
      Traveller traveller) {
    super(core, startNanos, traveller);
    this.method = method;
    this.ledger = ledger;
    this.picker = new Picker(traveller);
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

  /** Of its last look for an endpoint; null before the first. */
  @Nullable MethodRoute route() {
    return route;
  }

  /** What holds for the call since it last looked for an endpoint; if it did not, now. */
  MethodPolicy policy() {
    MethodRoute last = route;
    return (last != null ? last : core.directory().routes().route(method.fullName())).policy();
  }

  /** Makes the first attempt, if there is time left until the deadline. */
  void start() {
    if (deadlineNanos - core.ticker().nanos() <= 0) {
      traveller.failed(outOfTime("before the first attempt", Pipeline.DEADLINE));
    } else if (!core.throttles().isArmed() || passesThrottle()) {
      next(AttemptKind.FIRST);
    }
  }

  private boolean passesThrottle() {
    Failure refusal =
        core.throttles().refusal(routeName(), traveller.criticality(), core.ticker().nanos());
    if (refusal == null) {
      return true;
    }
    throttled = true;
    traveller.failed(refusal);
    return false;
  }

  private void tellThrottle(Status result) {
    boolean byLimit = refusedByLimit && !result.isOk();
    if (!throttled && (byLimit || core.throttles().isArmed())) {
      core.throttles().ended(routeName(), traveller.criticality(), byLimit, core.ticker().nanos());
    }
  }

  private String routeName() {
    return core.directory().routes().route(method.fullName()).method();
  }

  @Override
  public int attempts() {
    return attempts;
  }

  long deadlineNanos() {
    return deadlineNanos;
  }

  /** An attempt has failed; {@code kind} is what that means for repeating it, null: never. */
  void attemptFailed(Failure failure, RetryRule.@Nullable Failure kind) {
    Failure halted = haltReason();
    if (halted != null) {
      traveller.failed(halted);
      return;
    }
    lastFailure = failure;
    refusedByLimit = kind == RetryRule.Failure.NO_HANDLER_RAN && LimitMark.isOn(failure.metadata());
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
        "deadline of %.1f ms passed %s".formatted((deadlineNanos - startNanos()) / 1e6, doing),
        stage);
  }

  CallSite site(String stage) {
    Endpoint last = endpoint;
    return new CallSite(
        method.fullName(),
        last == null ? "none" : last.authority(),
        attempts,
        stage,
        Duration.ofNanos(core.ticker().nanos() - startNanos()),
        ledger.traceId());
  }

  /** The call is over and does not move any more. */
  void end(Status result, @Nullable String finer) {
    endedAt(core.ticker().nanos(), result, finer);
    tellThrottle(result);
    stands();
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
        through = new Passage(this, core, ledger, detour, kind);
        passage = through;
      }
      through.take(detour, whole, traveller.metadata(), kind);
    }
  }

  /** Makes an attempt at any of the method's endpoints, or ends the call. */
  void anywhere(MethodRoute whole, AttemptKind kind) {
    if (whole.size() == 0) {
      nowhereToGo(Refusal.noEndpoint(core.directory().routes().emptiness()));
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

  /** Goes on after this time, or ends the call with its deadline. */
  void holdBack(long nanos, String doing) {
    long left = deadlineNanos - core.ticker().nanos();
    if (nanos < left) {
      park(nanos, this::resume);
    } else {
      park(left, () -> halt(outOfTime(doing, Pipeline.FAULT)));
    }
  }

  /** The endpoints that an attempt beside those under way may go to, as things are now. */
  MethodRoute amongBeside() {
    MethodRoute whole = core.directory().routes().route(method.fullName());
    Detour detour = whole.detour();
    Passage through = passage;
    return detour == null || through == null
        ? whole
        : through.among(detour, whole, traveller.metadata());
  }

  /** Picks for an attempt beside those under way; null: no other instance may be called. */
  Picker.@Nullable Pick pickBeside(MethodRoute among) {
    return haltReason() != null
        ? null
        : picker.pickBeside(among, core.ticker().nanos(), core.counters().learned.get());
  }

  /**
   * The number of an attempt as its server is told it: those that no handler saw and that were
   * repeated at once are not counted.
   */
  int wireNumber(int number) {
    Repeats made = repeats;
    return made == null ? number : number - made.transparent();
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
        halt(Refusal.tooManyWaiting(core.settings().service()));
      }
    }
  }

  /** Ends a wait, if it is not over. */
  private void resume() {
    if (wakes()) {
      next(attempts == 0 ? AttemptKind.FIRST : AttemptKind.RETRY);
    }
  }
}
