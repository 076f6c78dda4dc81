package dev.clearspan.rpc.internal.inprocess;

import dev.clearspan.rpc.Metadata;
import dev.clearspan.rpc.MethodSpec;
import dev.clearspan.rpc.Status;
import dev.clearspan.rpc.server.CallInProgress;
import dev.clearspan.rpc.server.ServerCall;
import dev.clearspan.rpc.server.ServerStream;
import dev.clearspan.rpc.server.StreamWire;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The server's end of a streaming attempt, and the pipe its requests come through. */
final class ServingWire<A, B> implements StreamWire<B>, Pipe.Reader {
  private final MethodSpec<A, B> method;
  private final StreamAttempt<?, ?> attempt;
  private final Pipe requests;
  private final AtomicInteger replyBytes = new AtomicInteger();
  private volatile @Nullable ServerStream<A, B> call;

  ServingWire(MethodSpec<A, B> method, StreamAttempt<?, ?> attempt) {
    this.method = method;
    this.attempt = attempt;
    this.requests = new Pipe(this, 2 * attempt.mostBytes());
  }

  /** Gives the wire its call, before the call starts. */
  ServingWire<A, B> on(ServerStream<A, B> stream) {
    call = stream;
    return this;
  }

  Pipe requests() {
    return requests;
  }

  /** The client has finished, and its last request has been read. */
  void finished() {
    call().finished();
  }

  /** The client has read: the handler may send more. */
  void repliesWritable() {
    call().writable();
  }

  @Override
  public void message(byte[] payload) {
    try {
      call().message(method.requestCodec().decode(ByteBuffer.wrap(payload)), payload.length);
    } catch (IllegalArgumentException e) {
      String text = "request of " + method.fullName() + ": " + e.getMessage();
      call().fail(Status.of(Status.Code.INVALID_ARGUMENT, text));
    }
  }

  /** The client may send more. */
  @Override
  public void writable() {
    attempt.ready();
  }

  @Override
  public void headers(Metadata headers) {
    attempt.headers(headers);
  }

  @Override
  public void message(B message) {
    byte[] payload = Payload.of(method.responseCodec(), message, attempt.mostBytes());
    attempt.replies().put(payload);
    replyBytes.addAndGet(payload.length);
  }

  @Override
  public boolean isWritable() {
    return attempt.replies().isWritable();
  }

  @Override
  public void request(int messages) {
    requests.request(messages);
  }

  @Override
  public void end(CallInProgress<B> ended, Status status, Metadata trailers, Ending ending) {
    ServerCall.Timing timing = ended.record(status, replyBytes.get());
    if (ending == Ending.REFUSED) {
      attempt.refused(status, trailers);
    } else {
      end(attempt, status, trailers, timing, ending == Ending.HANDLED);
    }
  }

  @Override
  public void abandoned(CallInProgress<B> ended) {
    ServerCall.Timing unused =
        ended.record(Status.of(Status.Code.CANCELLED, "caller is gone"), replyBytes.get());
  }

  private static <R> void end(
      StreamAttempt<?, R> to,
      Status status,
      Metadata trailers,
      ServerCall.Timing timing,
      boolean afterMessages) {
    Runnable last = () -> to.end(to.outcome(status, trailers, timing));
    if (afterMessages) {
      to.replies().finish(last);
    } else {
      last.run();
    }
  }

  private ServerStream<A, B> call() {
    ServerStream<A, B> stream = call;
    if (stream == null) {
      throw new IllegalStateException(method.fullName() + " has not begun");
    }
    return stream;
  }
}
