package dev.clearspan.rpc.server;

import dev.clearspan.rpc.Call;
import dev.clearspan.rpc.CallSpec;
import dev.clearspan.rpc.Metadata;
import dev.clearspan.rpc.RpcException;
import dev.clearspan.rpc.ServiceDefinition.AsyncHandler;
import dev.clearspan.rpc.ServiceDefinition.StreamHandler;
import dev.clearspan.rpc.Status;
import dev.clearspan.rpc.StreamReceiver;
import dev.clearspan.rpc.ledger.CallLedger;
import dev.clearspan.rpc.limit.RefusalReason;
import dev.clearspan.rpc.server.StreamWire.Ending;
import dev.clearspan.rpc.stream.BlockingStream;
import dev.clearspan.rpc.stream.InOrder;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One call being served whose handler takes and sends any number of messages: the sibling of {@link
 * ServerCall}.
 *
 * <p>A protocol makes it when the gate has admitted the call, calls {@link #start} once, and then
 * tells on its loop what comes: at most as many {@link #message}s as were requested of the {@link
 * StreamWire}, {@link #finished} after the last, {@link #writable}. A blocking handler runs on a
 * thread of its own; an asynchronous one on the thread that calls {@code start}, and what it hears
 * on whatever thread brings it, one at a time.
 *
 * <p>It ends by whichever comes first: the handler's word, the deadline ({@link #expire}), the
 * caller's cancellation or a lost connection ({@link #cancel}), bad input ({@link #fail}).
 * Thread-safe.
 */
public final class ServerStream<Q, R> extends RunningCall<Q, R> {
  private static final Logger LOG = LoggerFactory.getLogger(ServerStream.class);

  private final StreamWire<R> wire;
  private final StreamReplies<R> replies;
  private final InOrder news = new InOrder();
  private final AtomicInteger requests = new AtomicInteger();
  private final AtomicLong requestBytes = new AtomicLong();
  private volatile CallSpec<Q, R> spec;
  private @Nullable StreamReceiver<Q> receiver; // set and used in news' turn only

  /** A call that the gate has admitted. */
  public ServerStream(
      ServerScope scope,
      Place place,
      ServedMethod<Q, R> method,
      CallIntake intake,
      CallLedger.ServedCall served,
      StreamWire<R> wire) {
    super(scope, place, method, intake, served);
    this.wire = wire;
    this.replies = new StreamReplies<>(this, wire);
    this.spec = received();
  }

  /** Runs the handler, or turns the call away if there is no thread for it. */
  public void start() {
    if (isExpired(scope.ticker().nanos())) {
      expire();
      letGoOfThread();
    } else if (method.handler() instanceof AsyncHandler<Q, R> handler) {
      handlerBegan(scope.ticker().nanos());
      news.run(() -> asHandler(() -> receiver = handler.handle(admitted(), replies)));
    } else if (method.handler() instanceof StreamHandler<Q, R> handler) {
      startBlocking(handler);
    } else {
      throw new IllegalStateException(method.spec().fullName() + " has a unary handler");
    }
  }

  /** A request has come; only as many as were requested. */
  public void message(Q message, int bytes) {
    requestBytes.addAndGet(bytes);
    if (requests.incrementAndGet() > 1 && !method.spec().shape().clientStreams()) {
      fail(Status.of(Status.Code.INTERNAL, "a second request (expected: one)"));
      return;
    }
    news.run(() -> tell(to -> to.message(message)));
  }

  /** The caller sends no more messages. */
  public void finished() {
    if (requests.get() == 0 && !method.spec().shape().clientStreams()) {
      fail(Status.of(Status.Code.INTERNAL, "no request (expected: one)"));
      return;
    }
    news.run(() -> tell(StreamReceiver::finished));
  }

  /** The wire's {@link StreamWire#isWritable} has become true. */
  public void writable() {
    news.run(() -> tell(StreamReceiver::ready));
  }

  /** What the caller sent cannot be served: it is told so, the handler is interrupted. */
  public void fail(Status status) {
    cutOff(status, Ending.CUT_OFF);
  }

  @Override
  public void expire() {
    String where = hasHandlerBegun() ? "while the handler ran" : "while queued";
    fail(Status.of(Status.Code.DEADLINE_EXCEEDED, "deadline passed " + where));
  }

  @Override
  public void cancel() {
    Status status = Status.of(Status.Code.CANCELLED, "the caller gave up or is gone");
    if (claimEnd(status.code().name())) {
      wire.abandoned(this);
      giveUp(status);
    }
  }

  @Override
  public CallSpec<Q, R> spec() {
    return spec;
  }

  @Override
  public void setHeaders(Metadata value) {
    replies.setHeaders(value);
  }

  @Override
  public Metadata headers() {
    return replies.headers();
  }

  /** The end, and the thread of a blocking handler. */
  @Override
  int holds() {
    return method.handler() instanceof StreamHandler ? 2 : 1;
  }

  @Override
  public int requestBytes() {
    return (int) Math.min(Integer.MAX_VALUE, intake.requestBytes() + requestBytes.get());
  }

  private void startBlocking(StreamHandler<Q, R> handler) {
    BlockingStream<R, Q> stream = new BlockingStream<>();
    news.run(() -> receiver = stream);
    if (!scope.streamThreads().start(() -> runBlocking(handler, stream))) {
      String full = "streams with handlers that wait: " + StreamThreads.MOST;
      Refusal refusal = scope.gate().refusal(RefusalReason.NO_THREAD, intake.criticality(), full);
      cutOff(refusal.status(), Ending.REFUSED);
      letGo();
    }
  }

  private void runBlocking(StreamHandler<Q, R> handler, BlockingStream<R, Q> stream) {
    try {
      if (!hasEnded() && interruption.enter()) {
        handlerBegan(scope.ticker().nanos());
        try {
          asHandler(() -> handle(handler, stream));
        } finally {
          interruption.exit();
        }
      }
    } finally {
      letGo();
    }
  }

  private void handle(StreamHandler<Q, R> handler, BlockingStream<R, Q> stream) throws Exception {
    Call unused = admitted();
    handler.handle(stream.on(replies));
    replies.finish();
  }

  private Call admitted() {
    Status denied = method.denial(intake.callerIdentity());
    if (denied != null) {
      throw new RpcException(denied.code(), denied.message());
    }
    spec = method.opened(spec);
    return this;
  }

  private void tell(Hearing<Q> what) {
    StreamReceiver<Q> to = receiver;
    if (to != null && !hasEnded()) {
      asHandler(() -> what.by(to));
    }
  }

  private void letGoOfThread() {
    if (method.handler() instanceof StreamHandler) {
      letGo();
    }
  }

  /** Runs the handler's code as part of this call; what it throws ends the call. */
  private void asHandler(UserCode code) {
    inContext(() -> run(code));
  }

  private void run(UserCode code) {
    try {
      code.run();
    } catch (Exception | LinkageError | StackOverflowError | AssertionError e) {
      if (hasEnded()) {
        LOG.debug("{} failed after its end, trace {}", method.spec().fullName(), traceId(), e);
      } else {
        HandlerFailure told = HandlerFailure.of(e, method.spec().fullName(), traceId());
        end(told.status(), told.metadata(), told.errorType());
      }
    }
  }

  /** The handler's word. */
  void end(Status status, Metadata more, @Nullable String type) {
    Status told = status;
    if (status.isOk() && replies.isMissing()) {
      String text = method.spec().fullName() + " ended without a reply (expected: one)";
      told = Status.of(Status.Code.INTERNAL, text);
    }
    if (claimEnd(told.equals(status) ? type : told.code().name())) {
      // On unary wires a reply asks the call for them.
      setTrailers(Trailers.of(trailers(), more));
      wire.end(this, told, trailers(), Ending.HANDLED);
      tellEnd(null);
      letGo();
    }
  }

  private void cutOff(Status status, Ending ending) {
    if (claimEnd(status.code().name())) {
      wire.end(this, status, trailers(), ending);
      giveUp(status);
    }
  }

  /** A handler that waits on its stream hears why before it is interrupted. */
  @Override
  void givenUp(Status why) {
    tellEnd(new RpcException(why.code(), why.message()));
  }

  private void tellEnd(@Nullable RpcException failure) {
    news.run(
        () -> {
          StreamReceiver<Q> to = receiver;
          if (to != null) {
            asHandler(() -> to.ended(failure, Metadata.EMPTY));
          }
        });
  }

  /** Code of the handler or of what it returned. */
  private interface UserCode {
    void run() throws Exception;
  }

  /** Something for a receiver to hear. */
  private interface Hearing<Q> {
    void by(StreamReceiver<Q> receiver);
  }
}
