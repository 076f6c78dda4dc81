package dev.clearspan.rpc.client;

import dev.clearspan.rpc.Criticality;
import dev.clearspan.rpc.Metadata;
import dev.clearspan.rpc.MethodSpec;
import dev.clearspan.rpc.ReplyMetadata;
import dev.clearspan.rpc.RpcException;
import dev.clearspan.rpc.RpcException.CallSite;
import dev.clearspan.rpc.Status;
import dev.clearspan.rpc.internal.transport.AttemptRequest;
import dev.clearspan.rpc.internal.transport.AttemptResult;
import dev.clearspan.rpc.ledger.AttemptKind;
import dev.clearspan.rpc.ledger.CallLedger;
import dev.clearspan.rpc.ledger.CallRecord;
import dev.clearspan.rpc.retry.Backoff;
import dev.clearspan.rpc.retry.Pushback;
import dev.clearspan.rpc.retry.RetryRule;
import dev.clearspan.rpc.retry.RetrySettings;
import dev.clearspan.rpc.time.Scheduler.Scheduled;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One call from its first attempt to its end, and the future its caller holds.
 *
 * <p>Attempts follow each other, never two at once. What drives the call is whoever brings the
 * news: the caller's thread to begin with, then the event loop that heard an attempt end, or the
 * timer that ended a wait. {@link Phase} makes sure that only one of them moves it at a time:
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
final class UnaryCall<Q, R> extends OpenCall<R> implements Runnable, CallRecord {
  private static final Logger LOG = LoggerFactory.getLogger(UnaryCall.class);

  private final ChannelCore core;
  private final MethodSpec<Q, R> method;
  private final Q request;
  private final Metadata metadata;
  private final Criticality criticality;
  private final @Nullable ReplyMetadata replyMetadata;
  private final CallLedger.ClientCall ledger;
  private final long startNanos;
  private final long deadlineNanos;
  private final Completion completion;
  private final Picker picker = new Picker();
  private final AtomicReference<@Nullable Phase> phase = new AtomicReference<>();
  private final AtomicReference<@Nullable Failure> halt = new AtomicReference<>();
  private volatile @Nullable UnaryAttempt<Q, R> attempt;
  private volatile @Nullable Scheduled timer;
  private volatile int attempts;
  private int transparentAttempts;
  private int freeRetries;
  private @Nullable Failure lastFailure;
  private @Nullable R reply;
  private Status status = Status.OK;
  private long endNanos;
  private @Nullable RpcException error;
  private @Nullable String errorType;
  private AttemptResult.@Nullable Replied<R> lastReply; // kept only for replyMetadata

  private enum Phase {
    ACTIVE,
    PARKED,
    DONE
  }

  /** Who hears the result, and where. */
  enum Completion {
    /** A caller that waits: on the thread that brings the result. */
    WAITING_CALLER(true, false),
    /** Users' continuations: on the channel's executor. */
    CONTINUATIONS(true, true),
    /** The interceptors, whose call tells the ledger itself: on the channel's executor. */
    INTERCEPTORS(false, true);

    private final boolean tellsLedger;
    private final boolean hops;

    Completion(boolean tellsLedger, boolean hops) {
      this.tellsLedger = tellsLedger;
      this.hops = hops;
    }
  }

  UnaryCall(
      ChannelCore core,
      MethodSpec<Q, R> method,
      Q request,
      Metadata metadata,
      Criticality criticality,
      @Nullable ReplyMetadata replyMetadata,
      CallLedger.ClientCall ledger,
      long startNanos,
      long deadlineNanos,
      Completion completion) {
    this.core = core;
    this.method = method;
    this.request = request;
    this.metadata = metadata;
    this.criticality = criticality;
    this.replyMetadata = replyMetadata;
    this.ledger = ledger;
    this.startNanos = startNanos;
    this.deadlineNanos = deadlineNanos;
    this.completion = completion;
  }

  ChannelCore core() {
    return core;
  }

  @Override
  public int attempts() {
    return attempts;
  }

  /** The finer word for why it failed; null before its end and on success. */
  @Override
  public @Nullable String errorType() {
    return errorType;
  }

  @Override
  public Status status() {
    return status;
  }

  @Override
  public long startNanos() {
    return startNanos;
  }

  @Override
  public long endNanos() {
    return endNanos;
  }

  /** Whether it ended with just this error. */
  boolean ended(RpcException with) {
    return error == with;
  }

  boolean isHalted() {
    return halt.get() != null;
  }

  void start() {
    // A call without stages before it begins now: its caller has just read the clock.
    long now = completion.tellsLedger ? startNanos : core.ticker().nanos();
    if (deadlineNanos - now <= 0) {
      fail(outOfTime("before the first attempt", Pipeline.DEADLINE));
    } else {
      next(AttemptKind.FIRST, now);
    }
  }

  @Override
  public void halt(Failure reason) {
    if (!halt.compareAndSet(null, reason)) {
      return;
    }
    if (phase.compareAndSet(Phase.PARKED, Phase.ACTIVE)) {
      stopTimer();
      fail(reason);
      return;
    }
    UnaryAttempt<Q, R> current = attempt;
    if (current != null) {
      current.cancel();
    }
  }

  /** Goes on with another attempt, on the thread that has just moved the call to ACTIVE. */
  private void next(AttemptKind kind, long now) {
    Failure halted = haltReason();
    if (halted != null) {
      fail(halted);
      return;
    }
    Routes routes = core.directory().routes();
    if (!routes.isKnown()) {
      awaitEndpoints();
      return;
    }
    MethodRoute route = routes.route(method.fullName());
    if (route.size() == 0) {
      nowhereToGo(
          Failure.local(
              Status.Code.UNAVAILABLE, routes.emptiness(), Pipeline.BALANCER, "no_endpoint"));
      return;
    }
    Picker.Pick pick = picker.pick(route, now, core.counters().breakerVersion.get());
    if (pick == null) {
      ChannelCounters.count(core.counters().notPermitted, route.method());
      nowhereToGo(Picker.refusal(route, now));
      return;
    }
    send(route, pick, kind, now);
  }

  private void send(MethodRoute route, Picker.Pick pick, AttemptKind kind, long now) {
    int number = attempts + 1;
    attempts = number;
    if (kind == AttemptKind.RETRY) {
      ChannelCounters.count(core.counters().retries, route.method());
    }
    CallLedger.Attempt ledgerAttempt = ledger.beginAttempt(number, kind);
    UnaryAttempt<Q, R> next =
        new UnaryAttempt<>(
            this, pick, number, kind, now, attemptDeadline(route, now), ledgerAttempt);
    attempt = next;
    lastReply = null;
    next.send(
        new AttemptRequest<>(
            method,
            request,
            ledger.carried(metadata),
            next.deadline(),
            number,
            ledgerAttempt.wireContext(),
            criticality,
            core.settings().compression()));
  }

  private long attemptDeadline(MethodRoute route, long now) {
    long time = route.policy().deadline().attemptNanos(method.kind(), deadlineNanos - startNanos);
    return deadlineNanos - now < time ? deadlineNanos : now + time;
  }

  /** The attempt that ends now was answered by its server. */
  void heard(AttemptResult.Replied<R> reply) {
    if (replyMetadata != null) {
      lastReply = reply;
    }
  }

  /** An attempt has ended; runs on the thread that heard it. */
  void attemptEnded(UnaryAttempt<Q, R> ended, UnaryAttempt.Ending<R> ending) {
    Failure failure = ending.failure();
    if (failure == null) {
      core.budget().succeeded();
      succeed(ending.message(), ended.endNanos());
      return;
    }
    Failure halted = haltReason();
    if (halted != null) {
      fail(halted);
      return;
    }
    lastFailure = failure;
    RetryRule.Failure kind = ending.kind();
    if (kind == null) {
      fail(failure);
    } else if (kind == RetryRule.Failure.TIMED_OUT && ended.deadline().atNanos() == deadlineNanos) {
      fail(outOfTime("waiting for " + ended.peer(), Pipeline.TRANSPORT));
    } else {
      failOrRetry(failure, kind);
    }
  }

  private void failOrRetry(Failure failure, RetryRule.Failure kind) {
    RetrySettings settings = retrySettings();
    RetryRule.Decision decision =
        RetryRule.decide(
            settings,
            kind,
            failure.status(),
            failure.metadata(),
            method.idempotent(),
            attempts - transparentAttempts,
            transparentAttempts,
            freeRetries);
    switch (decision) {
      case STOP -> fail(markedIfRetried(failure));
      case EXHAUSTED -> {
        core.budget().failed();
        fail(markedIfRetried(failure));
      }
      case TRANSPARENT -> {
        transparentAttempts++;
        next(AttemptKind.TRANSPARENT, core.ticker().nanos());
      }
      case FREE_RETRY -> {
        freeRetries++;
        backOff(failure, settings);
      }
      case RETRY -> retry(failure, settings);
    }
  }

  private void retry(Failure failure, RetrySettings settings) {
    if (core.budget().failed()) {
      backOff(failure, settings);
    } else {
      core.counters().throttled.increment();
      fail(failure.marked(attempts));
    }
  }

  private void backOff(Failure failure, RetrySettings settings) {
    int retry = attempts - transparentAttempts;
    long wished = Pushback.nanos(failure.metadata());
    long delay = wished >= 0 ? wished : Backoff.nanos(settings, retry, core.settings().random());
    if (deadlineNanos - core.ticker().nanos() <= delay) {
      fail(markedIfRetried(failure));
      return;
    }
    park(delay, this::resume);
  }

  private RetrySettings retrySettings() {
    return core.directory().routes().route(method.fullName()).policy().retry();
  }

  private Failure markedIfRetried(Failure failure) {
    return attempts - transparentAttempts > 1 ? failure.marked(attempts) : failure;
  }

  /** No endpoint takes the next attempt: what the last one said matters more, if there was one. */
  private void nowhereToGo(Failure refusal) {
    Failure last = lastFailure;
    fail(last == null ? refusal : markedIfRetried(last));
  }

  private void awaitEndpoints() {
    park(
        deadlineNanos - core.ticker().nanos(),
        () ->
            halt(
                outOfTime(
                    "waiting to hear of any instance of " + core.settings().service(),
                    Pipeline.BALANCER)));
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
    phase.set(Phase.PARKED);
    timer = core.timers().schedule(then, nanos);
    Failure halted = haltReason();
    if (halted != null && phase.compareAndSet(Phase.PARKED, Phase.ACTIVE)) {
      stopTimer();
      fail(halted);
    }
  }

  /** Ends a wait, if it is not over. */
  private void resume() {
    if (phase.compareAndSet(Phase.PARKED, Phase.ACTIVE)) {
      stopTimer();
      next(attempts == 0 ? AttemptKind.FIRST : AttemptKind.RETRY, core.ticker().nanos());
    }
  }

  private @Nullable Failure haltReason() {
    Failure reason = halt.get();
    if (reason == null && core.isClosed()) {
      return Failure.local(
          Status.Code.CANCELLED,
          "the channel to " + core.settings().service() + " was closed",
          Pipeline.TRANSPORT);
    }
    return reason;
  }

  private Failure outOfTime(String doing, String stage) {
    return Failure.local(
        Status.Code.DEADLINE_EXCEEDED,
        "deadline of %.1f ms passed %s".formatted((deadlineNanos - startNanos) / 1e6, doing),
        stage);
  }

  private void stopTimer() {
    Scheduled current = timer;
    if (current != null) {
      current.cancel();
    }
  }

  private void succeed(@Nullable R message, long now) {
    reply = message;
    end(Status.OK, now);
  }

  private void fail(Failure failure) {
    errorType = failure.errorType();
    error = failure.at(site(failure.stage()));
    end(failure.status(), core.ticker().nanos());
  }

  @Override
  CallSite site(String stage) {
    UnaryAttempt<Q, R> last = attempt;
    return new CallSite(
        method.fullName(),
        last == null ? "none" : last.peer(),
        attempts,
        stage,
        Duration.ofNanos(core.ticker().nanos() - startNanos),
        ledger.traceId());
  }

  private void end(Status result, long now) {
    phase.setRelease(Phase.DONE);
    if (completion.tellsLedger) {
      core.counters().active.decrement();
      status = result;
      endNanos = now;
      ledger.end(this);
    }
    if (lastReply != null) {
      tellMetadata(lastReply);
    }
    if (completion.hops) {
      hop();
    } else {
      run();
    }
  }

  private void tellMetadata(AttemptResult.Replied<R> reply) {
    ReplyMetadata listener = Objects.requireNonNull(replyMetadata, "replyMetadata");
    try {
      listener.headers(reply.headers());
      listener.trailers(reply.metadata());
    } catch (RuntimeException | AssertionError e) {
      LOG.error("listener to the reply's metadata of {} failed", method.fullName(), e);
    }
  }

  /** A caller whose executor takes nothing more still gets the result. */
  private void hop() {
    try {
      core.settings().executor().execute(this);
    } catch (RejectedExecutionException e) {
      run();
    }
  }

  /** Tells the caller. */
  @Override
  public void run() {
    RpcException failure = error;
    if (failure != null) {
      completeExceptionally(failure);
    } else {
      complete(reply);
    }
  }
}
