package dev.clearspan.rpc.internal.inprocess;

import dev.clearspan.rpc.Metadata;
import dev.clearspan.rpc.MethodSpec;
import dev.clearspan.rpc.Status;
import dev.clearspan.rpc.StreamSender;
import dev.clearspan.rpc.internal.transport.AttemptResult;
import dev.clearspan.rpc.internal.transport.StreamAttemptListener;
import dev.clearspan.rpc.server.ServerCall;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A streaming attempt: the client's sending half, and the pipe its replies come through. */
final class StreamAttempt<Q, R> extends OpenAttempt<R> implements StreamSender<Q>, Pipe.Reader {
  private final MethodSpec<Q, R> spec;
  private final int mostBytes;
  private final StreamAttemptListener<R> listener;
  private final Pipe replies;
  private final AtomicInteger requestBytes = new AtomicInteger();
  private final AtomicInteger replyBytes = new AtomicInteger();
  private final AtomicBoolean finished = new AtomicBoolean();
  private volatile @Nullable ServingWire<?, ?> server;

  StreamAttempt(
      MethodSpec<Q, R> method,
      int mostBytes,
      StreamAttemptListener<R> listener,
      Consumer<OpenAttempt<?>> onEnd) {
    super(method, onEnd);
    this.spec = method;
    this.mostBytes = mostBytes;
    this.listener = listener;
    this.replies = new Pipe(this, 2 * mostBytes);
  }

  /** The server has taken the call; before anything is sent. */
  void connect(ServingWire<?, ?> wire) {
    server = wire;
  }

  Pipe replies() {
    return replies;
  }

  int mostBytes() {
    return mostBytes;
  }

  /** The server's initial metadata. */
  void headers(Metadata headers) {
    replies.inTurn(
        () -> {
          if (!isOver()) {
            listener.headers(headers);
          }
        });
  }

  /** The server's outcome. */
  AttemptResult<R> outcome(Status status, Metadata trailers, ServerCall.Timing timing) {
    return new AttemptResult.Replied<>(
        status,
        null,
        trailers,
        timing.keep(),
        timing.serverNanos(),
        timing.queueNanos(),
        requestBytes.get(),
        replyBytes.get());
  }

  @Override
  int requestBytes() {
    return requestBytes.get();
  }

  @Override
  void tellEnd(AttemptResult<R> result) {
    replies.cut(() -> listener.ended(result));
  }

  @Override
  public void message(byte[] payload) {
    if (isOver()) {
      return;
    }
    replyBytes.addAndGet(payload.length);
    try {
      listener.message(spec.responseCodec().decode(ByteBuffer.wrap(payload)));
    } catch (IllegalArgumentException e) {
      String text = "reply of " + spec.fullName() + ": " + e.getMessage();
      end(
          new AttemptResult.Replied<>(
              Status.of(Status.Code.INTERNAL, text),
              null,
              Metadata.EMPTY,
              false,
              -1,
              -1,
              requestBytes.get(),
              replyBytes.get()));
      release();
    }
  }

  @Override
  public void writable() {
    ServingWire<?, ?> to = server;
    if (to != null) {
      to.repliesWritable();
    }
  }

  /** Requests wait in little enough again. */
  void ready() {
    replies.inTurn(
        () -> {
          if (!isOver()) {
            listener.ready();
          }
        });
  }

  @Override
  public void send(Q message) {
    if (finished.get()) {
      throw new IllegalStateException(spec.fullName() + ": requests are finished");
    }
    byte[] payload = Payload.of(spec.requestCodec(), message, mostBytes);
    ServingWire<?, ?> to = server;
    if (to != null && !isOver()) {
      to.requests().put(payload);
      requestBytes.addAndGet(payload.length);
    }
  }

  @Override
  public boolean isReady() {
    ServingWire<?, ?> to = server;
    return to != null && !isOver() && to.requests().isWritable();
  }

  @Override
  public void finish() {
    ServingWire<?, ?> to = server;
    if (finished.compareAndSet(false, true) && to != null) {
      to.requests().finish(to::finished);
    }
  }

  @Override
  public void request(int messages) {
    replies.request(messages);
  }

  @Override
  public void cancel(String reason) {
    giveUp(reason);
  }
}
