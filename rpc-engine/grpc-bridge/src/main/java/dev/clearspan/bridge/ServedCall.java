package dev.clearspan.bridge;

import dev.clearspan.rpc.Call;
import dev.clearspan.rpc.CurrentCall;
import dev.clearspan.rpc.Metadata;
import dev.clearspan.rpc.ReplyStream;
import dev.clearspan.rpc.RpcException;
import dev.clearspan.rpc.StreamReceiver;
import io.grpc.Context;
import io.grpc.Deadline;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCall;
import io.grpc.ServerMethodDefinition;
import io.grpc.Status;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One call, seen by Clearspan as what hears its requests and by grpc-java code as its ServerCall.
 * Everything that code does runs in the callbacks, one at a time; what it sends goes out from
 * whichever thread it likes.
 */
final class ServedCall<Q, R> extends ServerCall<Q, R> implements StreamReceiver<Q> {
  private static final Logger LOG = LoggerFactory.getLogger(ServedCall.class);

  private final MethodDescriptor<Q, R> method;
  private final Call call;
  private final ReplyStream<R> replies;
  private final Callbacks callbacks;
  private final Context.CancellableContext context;
  private final io.opentelemetry.context.Context trace = io.opentelemetry.context.Context.current();
  private ServerCall.@Nullable Listener<Q> listener; // the callbacks'
  private boolean replied; // the service's, which sends from one thread at a time
  private volatile @Nullable Status closed;
  private volatile boolean cancelled;

  private ServedCall(
      MethodDescriptor<Q, R> method, Call call, ReplyStream<R> replies, Executor executor) {
    this.method = method;
    this.call = call;
    this.replies = replies;
    this.callbacks = new Callbacks(executor);
    long left = call.spec().deadline().remainingNanos(System.nanoTime());
    this.context =
        Context.ROOT.withDeadline(
            Deadline.after(left, TimeUnit.NANOSECONDS), BridgeThreads.deadlines());
  }

  /** Begins the call on the executor. */
  static <Q, R> ServedCall<Q, R> start(
      ServerMethodDefinition<Q, R> definition,
      Call call,
      ReplyStream<R> replies,
      Executor executor) {
    ServedCall<Q, R> served =
        new ServedCall<>(definition.getMethodDescriptor(), call, replies, executor);
    io.grpc.Metadata headers = Headers.theirs(call.spec().metadata());
    served.later(
        () -> {
          served.listener = definition.getServerCallHandler().startCall(served, headers);
          if (served.isReady()) {
            served.listener.onReady();
          }
        });
    return served;
  }

  @Override
  public void message(Q message) {
    tell(heard -> heard.onMessage(message));
  }

  @Override
  public void finished() {
    tell(Listener::onHalfClose);
  }

  @Override
  public void ready() {
    tell(Listener::onReady);
  }

  @Override
  public void ended(@Nullable RpcException failure, Metadata trailers) {
    Status said = closed;
    boolean asSaid =
        said != null && (failure == null || failure.code().ordinal() == said.getCode().value());
    if (!asSaid) {
      cancelled = true;
      context.cancel(failure);
    }
    tell(asSaid ? Listener::onComplete : Listener::onCancel);
    callbacks.add(() -> context.cancel(null));
  }

  @Override
  public void request(int messages) {
    replies.request(messages);
  }

  @Override
  public void sendHeaders(io.grpc.Metadata headers) {
    replies.headers(Headers.ours(headers));
  }

  @Override
  public void sendMessage(R message) {
    if (replied && method.getType().serverSendsOneMessage()) {
      close(Status.INTERNAL.withDescription("Too many responses"), new io.grpc.Metadata());
      return;
    }
    replied = true;
    replies.send(message);
  }

  @Override
  public void close(Status status, io.grpc.Metadata trailers) {
    boolean missing = status.isOk() && !replied && method.getType().serverSendsOneMessage();
    Status said =
        missing ? Status.INTERNAL.withDescription("Completed without a response") : status;
    closed = said;
    replies.end(Statuses.ours(said), Headers.ours(trailers));
  }

  @Override
  public boolean isReady() {
    return closed == null && replies.isReady();
  }

  @Override
  public boolean isCancelled() {
    return cancelled;
  }

  @Override
  public MethodDescriptor<Q, R> getMethodDescriptor() {
    return method;
  }

  private interface Told<Q> {
    void to(ServerCall.Listener<Q> listener);
  }

  private void tell(Told<Q> news) {
    later(
        () -> {
          if (listener != null) {
            news.to(listener);
          }
        });
  }

  /** Runs service code in the call's contexts: grpc-java's, Clearspan's and OpenTelemetry's. */
  private void later(Runnable code) {
    callbacks.add(
        () -> {
          Context before = context.attach();
          try (io.opentelemetry.context.Scope current = trace.makeCurrent()) {
            CurrentCall.run(call, code);
          } catch (RuntimeException | LinkageError | StackOverflowError | AssertionError e) {
            failed(e);
          } finally {
            context.detach(before);
          }
        });
  }

  /** Like grpc-java's server: what a service throws is no status, but a mistake in it. */
  private void failed(Throwable failure) {
    LOG.error("{} failed", method.getFullMethodName(), failure);
    String type = failure.getClass().getName();
    String text = failure.getMessage() == null ? type : type + ": " + failure.getMessage();
    replies.end(
        dev.clearspan.rpc.Status.of(dev.clearspan.rpc.Status.Code.UNKNOWN, text), Metadata.EMPTY);
  }
}
