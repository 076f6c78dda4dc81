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
import dev.clearspan.rpc.retry.RetryRule;
import java.util.Objects;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One call with one message each way, from its first attempt to its end, and the future its caller
 * holds. Its {@link Course} takes it there.
 */
final class UnaryCall<Q, R> extends OpenCall<R> implements Course.Traveller, Runnable {
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
  private @Nullable R reply;
  private @Nullable RpcException error;
  private AttemptResult.@Nullable Replied<R> lastReply; // kept only for replyMetadata

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

  @Override
  public Metadata metadata() {
    return metadata;
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

  boolean isHalted() {
    return course.halted() != null;
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

  @Override
  public Criticality criticality() {
    return criticality;
  }

  @Override
  public void cancelAttempt(String reason) {
    UnaryAttempt<Q, R> current = attempt;
    if (current != null) {
      current.cancel();
    }
  }

  private long attemptDeadline(MethodRoute route, long now) {
    long deadline = course.deadlineNanos();
    long whole = deadline - course.startNanos();
    long time = route.policy().deadline().attemptNanos(method.kind(), whole);
    return deadline - now < time ? deadline : now + time;
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
      succeed(ending.message());
    } else if (ending.kind() == RetryRule.Failure.TIMED_OUT
        && ended.deadline().atNanos() == course.deadlineNanos()) {
      course.attemptFailed(
          course.outOfTime("waiting for " + ended.peer(), Pipeline.TRANSPORT), null);
    } else {
      course.attemptFailed(failure, ending.kind());
    }
  }

  private void succeed(@Nullable R message) {
    reply = message;
    end(Status.OK, null);
  }

  @Override
  public void failed(Failure failure) {
    error = failure.at(site(failure.stage()));
    end(failure.status(), failure.errorType());
  }

  @Override
  CallSite site(String stage) {
    return course.site(stage);
  }

  private void end(Status status, @Nullable String errorType) {
    course.end(status, errorType);
    if (completion.tellsLedger) {
      course.tellLedger();
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
