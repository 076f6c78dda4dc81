package dev.clearspan.rpc.client;

import dev.clearspan.rpc.Criticality;
import dev.clearspan.rpc.Metadata;
import dev.clearspan.rpc.MethodSpec;
import dev.clearspan.rpc.ReplyMetadata;
import dev.clearspan.rpc.RpcException;
import dev.clearspan.rpc.RpcException.CallSite;
import dev.clearspan.rpc.Status;
import dev.clearspan.rpc.fallback.FallbackSettings;
import dev.clearspan.rpc.fallback.FallbackSettings.Source;
import dev.clearspan.rpc.internal.transport.AttemptRequest;
import dev.clearspan.rpc.internal.transport.AttemptResult;
import dev.clearspan.rpc.ledger.AttemptKind;
import dev.clearspan.rpc.ledger.CallEvent;
import dev.clearspan.rpc.ledger.CallLedger;
import dev.clearspan.rpc.retry.RetryRule;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One call with one message each way, from its first attempt to its end, and the future its caller
 * holds. Its {@link Course} takes it there.
 */
final class UnaryCall<Q, R> extends OpenCall<R> implements Traveller, Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(UnaryCall.class);

  private final ChannelCore core;
  private final MethodSpec<Q, R> method;
  private final Q request;
  private final Metadata metadata;
  private final Criticality criticality;
  private final @Nullable ReplyMetadata replyMetadata;
  private final CallLedger.ClientCall ledger;
  private final Completion completion;
  private final Course course;
  private volatile @Nullable UnaryAttempt<Q, R> attempt;
  private @Nullable Race<Q, R> race; // where attempts are hedged; written before they are sent
  private @Nullable R reply;
  private @Nullable RpcException error;
  private AttemptResult.@Nullable Replied<R> lastReply; // kept only for replyMetadata

  UnaryCall(
      ChannelCore core,
      MethodSpec<Q, R> method,
      Q request,
      Metadata metadata,
      Criticality criticality,
      @Nullable ReplyMetadata replyMetadata,
      CallLedger.ClientCall ledger,
      long startNanos,
      Completion completion) {
    this.core = core;
    this.method = method;
    this.request = request;
    this.metadata = metadata;
    this.criticality = criticality;
    this.replyMetadata = replyMetadata;
    this.ledger = ledger;
    this.completion = completion;
    this.course = new Course(core, method, ledger, startNanos, this);
  }

  ChannelCore core() {
    return core;
  }

  int attempts() {
    return course.attempts();
  }

  /** The finer word for why it failed; null before its end and on success. */
  @Nullable String errorType() {
    return course.errorType();
  }

  /** Whether it ended with just this error. */
  boolean ended(RpcException with) {
    return error == with;
  }

  /** What it came to; OK before its end. */
  Status status() {
    return course.status();
  }

  /** Whether it has failed and its caller got a reply all the same. */
  boolean fellBack() {
    return error == null && !course.status().isOk();
  }

  /** Whether no attempt of it matters any more. */
  boolean isOver() {
    Race<Q, R> current = race;
    return course.halted() != null || current != null && current.isSettled();
  }

  /** See {@link Course#forRepeated}; to be said before the start. */
  void forRepeated() {
    course.forRepeated();
  }

  /** Whether attempts may still be under way although the call has ended. */
  boolean isRacing() {
    return race != null;
  }

  /** Runs this when no attempt is under way any more. */
  void whenQuiet(Runnable action) {
    Race<Q, R> current = race;
    if (current == null) {
      action.run();
    } else {
      current.whenQuiet(action);
    }
  }

  void start(long deadlineNanos) {
    course.until(deadlineNanos);
    course.start();
  }

  @Override
  public void halt(Failure reason) {
    course.halt(reason);
  }

  @Override
  public void attempt(MethodRoute route, Picker.Pick pick, AttemptKind kind, int number, long now) {
    Race<Q, R> begun = isHedged(route, kind) ? new Race<>(this, course, route) : null;
    race = begun;
    UnaryAttempt<Q, R> next = open(route, pick, kind, number, now);
    attempt = next;
    if (begun != null) {
      begun.begin(next);
    }
    send(next);
  }

  /** Retries are late enough: they go one by one. */
  private boolean isHedged(MethodRoute route, AttemptKind kind) {
    return route.isHedged()
        && method.idempotent()
        && kind != AttemptKind.RETRY
        && !course.isForRepeated();
  }

  UnaryAttempt<Q, R> open(
      MethodRoute route, Picker.Pick pick, AttemptKind kind, int number, long now) {
    CallLedger.Attempt ledgerAttempt = ledger.beginAttempt(number, kind);
    return new UnaryAttempt<>(
        this, pick, number, kind, now, attemptDeadline(route, now), ledgerAttempt);
  }

  void send(UnaryAttempt<Q, R> next) {
    next.send(
        new AttemptRequest<>(
            method,
            request,
            ledger.carried(metadata),
            next.deadline(),
            course.wireNumber(next.number()),
            next.wireContext(),
            criticality,
            core.settings().compression()));
  }

  /** Whether it ended because the call's own time was over, not only its own. */
  boolean isOutOfTime(UnaryAttempt<Q, R> ended, RetryRule.@Nullable Failure kind) {
    return kind == RetryRule.Failure.TIMED_OUT
        && ended.deadline().atNanos() == course.deadlineNanos();
  }

  @Override
  public Metadata metadata() {
    return metadata;
  }

  @Override
  public Criticality criticality() {
    return criticality;
  }

  @Override
  public void cancelAttempt(String reason) {
    UnaryAttempt<Q, R> current = attempt;
    Race<Q, R> several = race;
    if (several != null) {
      several.cancel();
    } else if (current != null) {
      current.cancel();
    }
  }

  private long attemptDeadline(MethodRoute route, long now) {
    long deadline = course.deadlineNanos();
    long whole = deadline - course.startNanos();
    long time = route.policy().deadline().attemptNanos(method.kind(), whole);
    return deadline - now < time ? deadline : now + time;
  }

  /** An attempt has ended; runs on the thread that heard it. */
  void attemptEnded(UnaryAttempt<Q, R> ended, UnaryAttempt.Ending<R> ending) {
    Race<Q, R> current = race;
    if (current == null) {
      concludes(ended, ending);
    } else {
      current.ended(ended, ending);
    }
  }

  /** The call moves on from the end of this attempt, the only one or the last of its race. */
  void concludes(UnaryAttempt<Q, R> ended, UnaryAttempt.Ending<R> ending) {
    if (replyMetadata != null) {
      lastReply = ended.reply();
    }
    Failure failure = ending.failure();
    if (failure == null) {
      core.budget().succeeded();
      succeed(ending.message());
    } else if (isOutOfTime(ended, ending.kind())) {
      course.attemptFailed(
          course.outOfTime("waiting for " + ended.peer(), Pipeline.TRANSPORT), null);
    } else {
      course.attemptFailed(failure, ending.kind());
    }
  }

  private void succeed(@Nullable R message) {
    reply = message;
    MethodRoute route = course.route();
    if (message != null && route != null && route.remembers()) {
      core.fallbacks().remember(method, request, metadata, message);
    }
    end(Status.OK, null);
  }

  @Override
  public void failed(Failure failure) {
    RpcException raised = failure.at(site(failure.stage()));
    FallbackSettings settings = course.policy().fallback();
    if (!settings.covers(raised.code())) {
      fail(failure, raised);
    } else if (settings.source() instanceof Source.Handler) {
      hop(() -> fallBack(settings, failure, raised));
    } else {
      fallBack(settings, failure, raised);
    }
  }

  private void fail(Failure failure, RpcException raised) {
    error = raised;
    end(failure.status(), failure.errorType());
  }

  /** The ledger is told of the failure all the same. */
  private void fallBack(FallbackSettings settings, Failure failure, RpcException raised) {
    R standIn = core.fallbacks().reply(settings, method, request, metadata, raised);
    if (standIn == null) {
      fail(failure, raised);
      return;
    }
    reply = standIn;
    ledger.event(new CallEvent.FellBack(settings.source().label()));
    lastReply = null;
    end(failure.status(), failure.errorType());
  }

  @Override
  CallSite site(String stage) {
    return course.site(stage);
  }

  private void end(Status status, @Nullable String errorType) {
    course.end(status, errorType);
    if (completion.tellsLedger) {
      tellLedger();
    }
    if (replyMetadata != null) {
      tellMetadata(replyMetadata);
    }
    if (completion.hops) {
      hop(this);
    } else {
      run();
    }
  }

  private void tellLedger() {
    Race<Q, R> current = race;
    if (current == null) {
      course.tellLedger();
    } else {
      current.whenQuiet(course::tellLedger);
    }
  }

  private void tellMetadata(ReplyMetadata listener) {
    AttemptResult.Replied<R> told = lastReply;
    try {
      if (told != null) {
        listener.headers(told.headers());
        listener.trailers(told.metadata());
      } else if (fellBack()) {
        String source = course.policy().fallback().source().label();
        listener.trailers(Metadata.EMPTY.with(FallbackSettings.KEY, source));
      }
    } catch (RuntimeException | AssertionError e) {
      LOG.error("listener to the reply's metadata of {} failed", method.fullName(), e);
    }
  }

  /** A caller whose executor takes nothing more still gets the result. */
  private void hop(Runnable next) {
    try {
      core.settings().executor().execute(next);
    } catch (RejectedExecutionException e) {
      next.run();
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
