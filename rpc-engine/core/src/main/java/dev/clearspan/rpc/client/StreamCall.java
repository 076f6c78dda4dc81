package dev.clearspan.rpc.client;

import dev.clearspan.rpc.CallSpec;
import dev.clearspan.rpc.Interceptor;
import dev.clearspan.rpc.Metadata;
import dev.clearspan.rpc.ReplyMetadata;
import dev.clearspan.rpc.RpcException;
import dev.clearspan.rpc.RpcException.CallSite;
import dev.clearspan.rpc.Status;
import dev.clearspan.rpc.StreamReceiver;
import dev.clearspan.rpc.StreamSender;
import dev.clearspan.rpc.internal.transport.StreamRequest;
import dev.clearspan.rpc.ledger.AttemptKind;
import dev.clearspan.rpc.ledger.CallLedger;
import dev.clearspan.rpc.ledger.CallRecord;
import dev.clearspan.rpc.retry.Backoff;
import dev.clearspan.rpc.retry.RetryRule;
import dev.clearspan.rpc.retry.RetrySettings;
import dev.clearspan.rpc.time.Scheduler.Scheduled;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * One call of any number of messages, from the caller's {@code open} to its end: the sibling of
 * {@link UnaryCall}, moved on in the same three phases by whoever brings the news.
 *
 * <p>An attempt that no handler saw is repeated at another endpoint, as long as nothing was heard
 * of it and {@link Outgoing} still has all that was sent. Everything else ends the call: half a
 * stream cannot be repeated by anyone but its caller. The receiver hears one thing at a time, in
 * order, its end exactly once.
 */
final class StreamCall<Q, R> implements StreamSender<Q>, Halting, CallRecord {
  private final ChannelCore core;
  private final CallLedger.ClientCall ledger;
  private final long startNanos;
  private final Outgoing<Q> outgoing;
  private final Incoming<R> incoming;
  private final Picker picker = new Picker();
  private final AtomicReference<Phase> phase = new AtomicReference<>(Phase.ACTIVE);
  private final AtomicReference<@Nullable Failure> halt = new AtomicReference<>();
  private volatile CallSpec<Q, R> spec;
  private volatile @Nullable StreamAttempt<Q, R> attempt;
  private volatile @Nullable Scheduled deadlineTimer;
  private volatile @Nullable Scheduled backoffTimer;
  private volatile @Nullable ServingLink serving;
  private volatile int attempts;
  private int transparentAttempts;
  private @Nullable Failure lastFailure;
  private int heardMessages; // one listener at a time
  // Written by the one that ends the call.
  private Status status = Status.OK;
  private @Nullable String errorType;
  private long endNanos;

  private enum Phase {
    ACTIVE,
    PARKED,
    DONE
  }

  StreamCall(
      ChannelCore core,
      CallSpec<Q, R> spec,
      @Nullable ReplyMetadata replyMetadata,
      StreamReceiver<R> receiver,
      CallLedger.ClientCall ledger,
      long startNanos) {
    this.core = core;
    this.spec = spec;
    this.ledger = ledger;
    this.startNanos = startNanos;
    String method = spec.method().fullName();
    this.outgoing = new Outgoing<>(method, spec.method().requestCodec());
    this.incoming = new Incoming<>(method, receiver, replyMetadata, this::receiverFailed);
  }

  ChannelCore core() {
    return core;
  }

  /** The served call that makes this one; it is let go of at the end. */
  void servedBy(ServingLink link) {
    serving = link;
  }

  void start() {
    if (!passInterceptors()) {
      return;
    }
    long left = spec.deadline().remainingNanos(core.ticker().nanos());
    if (left <= 0) {
      fail(outOfTime("before the first attempt"));
      return;
    }
    deadlineTimer = core.timers().schedule(this::expire, left);
    next(AttemptKind.FIRST);
  }

  @Override
  public void send(Q message) {
    outgoing.send(message);
  }

  @Override
  public boolean isReady() {
    return phase.get() != Phase.DONE && outgoing.isReady();
  }

  @Override
  public void finish() {
    outgoing.finish();
  }

  @Override
  public void request(int messages) {
    if (messages < 1) {
      throw new IllegalArgumentException("messages: " + messages + " (expected: >= 1)");
    }
    outgoing.request(messages);
  }

  @Override
  public void cancel(String reason) {
    halt(Failure.local(Status.Code.CANCELLED, reason, Pipeline.TRANSPORT));
  }

  @Override
  public void halt(Failure reason) {
    if (!halt.compareAndSet(null, reason)) {
      return;
    }
    if (phase.compareAndSet(Phase.PARKED, Phase.ACTIVE)) {
      fail(reason);
      return;
    }
    StreamAttempt<Q, R> current = attempt;
    if (current != null) {
      current.cancel(reason.status().message());
    }
  }

  void headers(Metadata headers) {
    outgoing.heard();
    incoming.headers(headers);
  }

  void message(R message) {
    outgoing.heard();
    if (++heardMessages > 1 && !spec.method().shape().serverStreams()) {
      halt(misshapen("a second reply (expected: one)"));
      return;
    }
    incoming.message(message);
  }

  void ready() {
    incoming.ready();
  }

  /** The attempt under way has ended with OK. */
  void succeeded(Metadata trailers) {
    Failure halted = halt.get();
    if (halted != null) {
      fail(halted);
    } else if (heardMessages == 0 && !spec.method().shape().serverStreams()) {
      fail(misshapen("OK without a reply (expected: one)"));
    } else {
      core.budget().succeeded();
      end(Status.OK, null);
      incoming.succeeded(trailers);
    }
  }

  /** The attempt under way has ended otherwise. */
  void attemptFailed(Failure failure, boolean noHandlerRan) {
    Failure halted = haltReason();
    if (halted != null) {
      fail(halted);
      return;
    }
    lastFailure = failure;
    if (noHandlerRan && outgoing.isRepeatable()) {
      failOrRepeat(failure);
    } else {
      fail(failure);
    }
  }

  private boolean passInterceptors() {
    for (Interceptor stage : core.settings().interceptors()) {
      try {
        CallSpec<Q, R> opened = stage.open(spec);
        if (opened == null) {
          fail(broken(stage, "returned null (expected: a call)"));
          return false;
        }
        spec = opened;
      } catch (RpcException e) {
        fail(new Failure(e.status(), e.metadata(), e.origin(), stage.name(), e.code().name(), e));
        return false;
      } catch (RuntimeException e) {
        fail(broken(stage, "threw " + e).withCause(e));
        return false;
      }
    }
    return true;
  }

  private static Failure broken(Interceptor stage, String sin) {
    String text = "interceptor " + stage.name() + " " + sin;
    return Failure.local(Status.Code.INTERNAL, text, stage.name());
  }

  /** Goes on with another attempt, on the thread that has just moved the call to ACTIVE. */
  private void next(AttemptKind kind) {
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
    long now = core.ticker().nanos();
    MethodRoute route = routes.route(spec.method().fullName());
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
    open(pick, kind, now);
  }

  private void open(Picker.Pick pick, AttemptKind kind, long now) {
    int number = attempts + 1;
    attempts = number;
    CallLedger.Attempt ledgerAttempt = ledger.beginAttempt(number, kind);
    StreamAttempt<Q, R> opening = new StreamAttempt<>(this, pick, number, kind, now, ledgerAttempt);
    attempt = opening;
    StreamSender<Q> sender =
        opening.open(
            new StreamRequest<>(
                spec.method(),
                ledger.carried(spec.metadata()),
                spec.deadline(),
                number,
                ledgerAttempt.wireContext(),
                spec.criticality(),
                core.settings().compression()));
    Failure halted = halt.get();
    if (halted != null) {
      opening.cancel(halted.status().message());
      return;
    }
    try {
      boolean wasReady = outgoing.isReady();
      outgoing.begin(number, sender);
      if (!wasReady && outgoing.isReady()) {
        ready();
      }
    } catch (RpcException e) {
      halt(Failure.local(e.code(), e.status().message(), Pipeline.TRANSPORT).withCause(e));
    }
  }

  private void failOrRepeat(Failure failure) {
    RetrySettings settings =
        core.directory().routes().route(spec.method().fullName()).policy().retry();
    RetryRule.Decision decision =
        RetryRule.decide(
            settings,
            RetryRule.Failure.NO_HANDLER_RAN,
            failure.status(),
            failure.metadata(),
            spec.method().idempotent(),
            attempts - transparentAttempts,
            transparentAttempts,
            0);
    if (decision == RetryRule.Decision.TRANSPARENT) {
      transparentAttempts++;
      next(AttemptKind.TRANSPARENT);
    } else if (decision == RetryRule.Decision.RETRY && core.budget().failed()) {
      ChannelCounters.count(core.counters().retries, spec.method().fullName());
      backOff(failure, settings);
    } else {
      fail(failure);
    }
  }

  private void backOff(Failure failure, RetrySettings settings) {
    int retry = attempts - transparentAttempts;
    long delay = Backoff.nanos(settings, retry, core.settings().random());
    if (spec.deadline().remainingNanos(core.ticker().nanos()) <= delay) {
      fail(failure);
      return;
    }
    park();
    backoffTimer = core.timers().schedule(this::resume, delay);
    failIfHalted();
  }

  private void awaitEndpoints() {
    park();
    if (!core.directory().await(this::resume)) {
      if (core.directory().routes().isKnown()) {
        resume();
      } else {
        halt(
            Failure.local(
                Status.Code.RESOURCE_EXHAUSTED,
                "calls waiting to hear of any instance of %s: %d (expected: fewer)"
                    .formatted(core.settings().service(), EndpointDirectory.MAX_WAITING),
                Pipeline.BALANCER));
      }
    }
    failIfHalted();
  }

  private void park() {
    phase.set(Phase.PARKED);
  }

  private void failIfHalted() {
    Failure halted = haltReason();
    if (halted != null && phase.compareAndSet(Phase.PARKED, Phase.ACTIVE)) {
      fail(halted);
    }
  }

  /** Ends a wait, if it is not over. */
  private void resume() {
    if (phase.compareAndSet(Phase.PARKED, Phase.ACTIVE)) {
      next(attempts == 0 ? AttemptKind.FIRST : AttemptKind.RETRY);
    }
  }

  private void expire() {
    StreamAttempt<Q, R> current = attempt;
    halt(
        outOfTime(
            current != null
                ? "on a stream to " + current.peer()
                : "waiting to hear of any instance of " + core.settings().service()));
  }

  private void nowhereToGo(Failure refusal) {
    Failure last = lastFailure;
    fail(last == null ? refusal : last);
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

  private Failure outOfTime(String doing) {
    double millis = (spec.deadline().atNanos() - startNanos) / 1e6;
    return Failure.local(
        Status.Code.DEADLINE_EXCEEDED,
        "deadline of %.1f ms passed %s".formatted(millis, doing),
        Pipeline.DEADLINE);
  }

  private Failure misshapen(String what) {
    return Failure.local(
        Status.Code.INTERNAL, spec.method().fullName() + ": " + what, Pipeline.SERVER);
  }

  private void fail(Failure failure) {
    end(failure.status(), failure.errorType());
    incoming.failed(failure.at(site(failure.stage())), failure.metadata());
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

  private void end(Status result, @Nullable String finer) {
    phase.set(Phase.DONE);
    stop(deadlineTimer);
    stop(backoffTimer);
    outgoing.end();
    ServingLink link = serving;
    if (link != null) {
      link.release();
    }
    core.counters().active.decrement();
    status = result;
    errorType = finer;
    endNanos = core.ticker().nanos();
    ledger.end(this);
  }

  /** It would hear the rest with a hole in it. */
  private void receiverFailed(Throwable failure) {
    String text = "receiver failed: " + failure;
    halt(Failure.local(Status.Code.CANCELLED, text, Pipeline.TRANSPORT));
  }

  private CallSite site(String stage) {
    StreamAttempt<Q, R> last = attempt;
    return new CallSite(
        spec.method().fullName(),
        last == null ? "none" : last.peer(),
        attempts,
        stage,
        Duration.ofNanos(core.ticker().nanos() - startNanos),
        ledger.traceId());
  }

  private static void stop(@Nullable Scheduled timer) {
    if (timer != null) {
      timer.cancel();
    }
  }
}
