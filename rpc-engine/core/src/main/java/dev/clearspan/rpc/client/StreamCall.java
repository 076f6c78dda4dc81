package dev.clearspan.rpc.client;

import dev.clearspan.rpc.CallSpec;
import dev.clearspan.rpc.Criticality;
import dev.clearspan.rpc.Interceptor;
import dev.clearspan.rpc.Metadata;
import dev.clearspan.rpc.ReplyMetadata;
import dev.clearspan.rpc.RpcException;
import dev.clearspan.rpc.Status;
import dev.clearspan.rpc.StreamReceiver;
import dev.clearspan.rpc.StreamSender;
import dev.clearspan.rpc.internal.transport.StreamRequest;
import dev.clearspan.rpc.ledger.AttemptKind;
import dev.clearspan.rpc.ledger.CallLedger;
import dev.clearspan.rpc.retry.RetryRule;
import dev.clearspan.rpc.time.Scheduler.Scheduled;
import org.jspecify.annotations.Nullable;

/**
 * One call of any number of messages, from the caller's {@code open} to its end: the sibling of
 * {@link UnaryCall}, taken there by a {@link Course} as well.
 *
 * <p>An attempt that no handler saw is repeated at another endpoint, as long as nothing was heard
 * of it and {@link Outgoing} still has all that was sent. Everything else ends the call: half a
 * stream cannot be repeated by anyone but its caller. The receiver hears one thing at a time, in
 * order, its end exactly once.
 */
final class StreamCall<Q, R> implements StreamSender<Q>, Halting, Traveller {
  private final ChannelCore core;
  private final CallLedger.ClientCall ledger;
  private final Outgoing<Q> outgoing;
  private final Incoming<R> incoming;
  private final Course course;
  private volatile CallSpec<Q, R> spec;
  private volatile @Nullable StreamAttempt<Q, R> attempt;
  private volatile @Nullable Scheduled deadlineTimer;
  private volatile @Nullable ServingLink serving;
  private int heardMessages; // one listener at a time

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
    String method = spec.method().fullName();
    this.outgoing = new Outgoing<>(method, spec.method().requestCodec());
    this.course = new Course(core, spec.method(), ledger, startNanos, this);
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
    if (passInterceptors()) {
      course.until(spec.deadline().atNanos());
      long left = spec.deadline().remainingNanos(core.ticker().nanos());
      if (left > 0) {
        deadlineTimer = core.timers().schedule(this::expire, left);
      }
      course.start();
    }
  }

  @Override
  public void send(Q message) {
    outgoing.send(message);
  }

  @Override
  public boolean isReady() {
    return !course.isDone() && outgoing.isReady();
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
    course.halt(reason);
  }

  @Override
  public Criticality criticality() {
    return spec.criticality();
  }

  @Override
  public Metadata metadata() {
    return spec.metadata();
  }

  @Override
  public void cancelAttempt(String reason) {
    StreamAttempt<Q, R> current = attempt;
    if (current != null) {
      current.cancel(reason);
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
    Failure halted = course.halted();
    if (halted != null) {
      failed(halted);
    } else if (heardMessages == 0 && !spec.method().shape().serverStreams()) {
      failed(misshapen("OK without a reply (expected: one)"));
    } else {
      core.budget().succeeded();
      end(Status.OK, null);
      incoming.succeeded(trailers);
    }
  }

  /** The attempt under way has ended otherwise. */
  void attemptFailed(Failure failure, boolean noHandlerRan) {
    boolean repeatable = noHandlerRan && outgoing.isRepeatable();
    course.attemptFailed(failure, repeatable ? RetryRule.Failure.NO_HANDLER_RAN : null);
  }

  private boolean passInterceptors() {
    for (Interceptor stage : core.settings().interceptors()) {
      try {
        CallSpec<Q, R> opened = stage.open(spec);
        if (opened == null) {
          failed(broken(stage, "returned null (expected: a call)"));
          return false;
        }
        spec = opened;
      } catch (RpcException e) {
        failed(new Failure(e.status(), e.metadata(), e.origin(), stage.name(), e.code().name(), e));
        return false;
      } catch (RuntimeException e) {
        failed(broken(stage, "threw " + e).withCause(e));
        return false;
      }
    }
    return true;
  }

  private static Failure broken(Interceptor stage, String sin) {
    String text = "interceptor " + stage.name() + " " + sin;
    return Failure.local(Status.Code.INTERNAL, text, stage.name());
  }

  @Override
  public void attempt(MethodRoute route, Picker.Pick pick, AttemptKind kind, int number, long now) {
    CallLedger.Attempt ledgerAttempt = ledger.beginAttempt(number, kind);
    StreamAttempt<Q, R> opening = new StreamAttempt<>(this, pick, number, kind, now, ledgerAttempt);
    attempt = opening;
    StreamSender<Q> sender =
        opening.open(
            new StreamRequest<>(
                spec.method(),
                ledger.carried(spec.metadata()),
                spec.deadline(),
                course.wireNumber(number),
                ledgerAttempt.wireContext(),
                spec.criticality(),
                core.settings().compression()));
    Failure halted = course.halted();
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

  private void expire() {
    StreamAttempt<Q, R> current = attempt;
    String doing =
        current != null
            ? "on a stream to " + current.peer()
            : "waiting to hear of any instance of " + core.settings().service();
    halt(course.outOfTime(doing, Pipeline.DEADLINE));
  }

  private Failure misshapen(String what) {
    return Failure.local(
        Status.Code.INTERNAL, spec.method().fullName() + ": " + what, Pipeline.SERVER);
  }

  @Override
  public void failed(Failure failure) {
    end(failure.status(), failure.errorType());
    incoming.failed(failure.at(course.site(failure.stage())), failure.metadata());
  }

  private void end(Status status, @Nullable String errorType) {
    course.end(status, errorType);
    Scheduled timer = deadlineTimer;
    if (timer != null) {
      timer.cancel();
    }
    outgoing.end();
    ServingLink link = serving;
    if (link != null) {
      link.release();
    }
    course.tellLedger();
  }

  /** It would hear the rest with a hole in it. */
  private void receiverFailed(Throwable failure) {
    String text = "receiver failed: " + failure;
    halt(Failure.local(Status.Code.CANCELLED, text, Pipeline.TRANSPORT));
  }
}
