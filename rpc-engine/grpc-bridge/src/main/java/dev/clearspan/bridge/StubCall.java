package dev.clearspan.bridge;

import dev.clearspan.rpc.CallOptions;
import dev.clearspan.rpc.Metadata;
import dev.clearspan.rpc.MethodSpec;
import dev.clearspan.rpc.RpcChannel;
import dev.clearspan.rpc.RpcException;
import io.grpc.ClientCall;
import io.grpc.Context;
import io.grpc.Deadline;
import io.grpc.Status;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One call of a stub: what unary and streaming calls have in common. Its listener is called on the
 * call's executor, within the {@link Context} that the call was made in, and exactly once with the
 * end.
 */
abstract class StubCall<Q, R> extends ClientCall<Q, R> {
  private static final Logger LOG = LoggerFactory.getLogger(StubCall.class);

  final RpcChannel channel;
  final MethodSpec<Q, R> method;
  private final io.grpc.CallOptions options;
  private final Context context = Context.current();
  private final Context.CancellationListener onContextCancelled = this::contextCancelled;
  private final Callbacks callbacks;
  private final AtomicBoolean closing = new AtomicBoolean();
  private volatile @Nullable Status cancelled;
  private @Nullable Listener<R> listener; // set before the first callback
  private boolean deaf; // the callbacks': the listener has heard the end

  StubCall(RpcChannel channel, MethodSpec<Q, R> method, io.grpc.CallOptions options) {
    this.channel = channel;
    this.method = method;
    this.options = options;
    Executor executor = options.getExecutor();
    this.callbacks = new Callbacks(executor == null ? BridgeThreads.callbacks() : executor);
  }

  /** Makes the call, or gets ready to. */
  abstract void begin(CallOptions callOptions);

  /** Gives the call up; its end is then told by {@link #close}. */
  abstract void giveUp(String reason);

  @Override
  public final void start(Listener<R> responses, io.grpc.Metadata headers) {
    if (listener != null) {
      throw new IllegalStateException("Already started");
    }
    listener = responses;
    Status hopeless = hopeless();
    if (hopeless != null) {
      close(hopeless, Metadata.EMPTY);
      return;
    }
    try {
      begin(ours(headers));
    } catch (RpcException e) {
      close(Statuses.theirs(e), Metadata.EMPTY);
      return;
    } catch (RuntimeException e) {
      close(Status.INTERNAL.withDescription(e.getMessage()).withCause(e), Metadata.EMPTY);
      return;
    }
    context.addListener(onContextCancelled, Runnable::run);
  }

  @Override
  public final void cancel(@Nullable String message, @Nullable Throwable cause) {
    String reason = message == null ? "Call cancelled without message" : message;
    cancelWith(Status.CANCELLED.withDescription(reason).withCause(cause));
  }

  /** Tells the listener, unless it has heard the end. */
  final void tell(Told<R> news) {
    callbacks.add(() -> inContext(news));
  }

  /** Tells the listener how the call ended; only the first time counts. */
  final void close(Status status, Metadata trailers) {
    if (!closing.compareAndSet(false, true)) {
      return;
    }
    context.removeListener(onContextCancelled);
    Status why = cancelled;
    Status told = why == null || status.isOk() ? status : why;
    tell(
        heard -> {
          deaf = true;
          heard.onClose(told, Headers.theirs(trailers));
        });
  }

  final boolean isClosing() {
    return closing.get();
  }

  final void cancelWith(Status why) {
    cancelled = why;
    String text = why.getDescription();
    giveUp(text == null ? why.getCode().name() : text);
  }

  /** Something for the listener to hear. */
  interface Told<R> {
    void to(Listener<R> listener);
  }

  private void inContext(Told<R> news) {
    Listener<R> heard = listener;
    if (heard == null || deaf) {
      return;
    }
    Context before = context.attach();
    try {
      news.to(heard);
    } catch (RuntimeException | Error e) {
      listenerFailed(e);
    } finally {
      context.detach(before);
    }
  }

  /** Like grpc-java's client: the call is cancelled, for nobody can hear its end. */
  private void listenerFailed(Throwable failure) {
    if (deaf) {
      LOG.warn("listener of {} failed at the end", method.fullName(), failure);
    } else {
      cancelWith(Status.CANCELLED.withDescription("Failed to read message.").withCause(failure));
    }
  }

  private void contextCancelled(Context ended) {
    cancelWith(io.grpc.Contexts.statusFromCancelled(ended));
  }

  private @Nullable Status hopeless() {
    if (options.getCredentials() != null) {
      return Status.UNIMPLEMENTED.withDescription(
          "call credentials: set (expected: none; an interceptor can set metadata)");
    }
    if (context.isCancelled()) {
      return io.grpc.Contexts.statusFromCancelled(context);
    }
    Deadline deadline = deadline();
    return deadline != null && deadline.isExpired()
        ? Status.DEADLINE_EXCEEDED.withDescription("deadline passed before the call began")
        : null;
  }

  private CallOptions ours(io.grpc.Metadata headers) {
    CallOptions ours = CallOptions.DEFAULT.withMetadata(Headers.ours(headers));
    Deadline deadline = deadline();
    return deadline == null
        ? ours
        : ours.withDeadline(
            Duration.ofNanos(Math.max(1, deadline.timeRemaining(TimeUnit.NANOSECONDS))));
  }

  private @Nullable Deadline deadline() {
    Deadline own = options.getDeadline();
    Deadline inherited = context.getDeadline();
    if (own == null || inherited == null) {
      return own == null ? inherited : own;
    }
    return own.minimum(inherited);
  }
}
