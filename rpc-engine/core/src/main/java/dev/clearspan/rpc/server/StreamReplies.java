package dev.clearspan.rpc.server;

import dev.clearspan.rpc.Metadata;
import dev.clearspan.rpc.ReplyStream;
import dev.clearspan.rpc.RpcException;
import dev.clearspan.rpc.Status;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;

/** The handler's side of a stream's wire: headers first, as many replies as its shape allows. */
final class StreamReplies<R> implements ReplyStream<R> {
  private final ServerStream<?, R> call;
  private final StreamWire<R> wire;
  private final ReentrantLock beginning = new ReentrantLock();
  private final AtomicInteger sent = new AtomicInteger();
  private volatile boolean begun;
  private volatile Metadata headers = Metadata.EMPTY;
  private volatile boolean finished;

  StreamReplies(ServerStream<?, R> call, StreamWire<R> wire) {
    this.call = call;
    this.wire = wire;
  }

  @Override
  public void headers(Metadata value) {
    setHeaders(value);
    begin();
  }

  @Override
  public void send(R message) {
    if (finished) {
      throw new IllegalStateException(
          call.method().spec().fullName() + " has finished its replies");
    }
    if (call.hasEnded()) {
      return;
    }
    if (!call.method().spec().shape().serverStreams() && sent.get() > 0) {
      throw new RpcException(
          Status.Code.INTERNAL,
          call.method().spec().fullName() + ": a second reply (expected: one)");
    }
    begin();
    wire.message(message);
    sent.incrementAndGet();
  }

  @Override
  public boolean isReady() {
    return !call.hasEnded() && wire.isWritable();
  }

  @Override
  public void finish() {
    end(Status.OK, Metadata.EMPTY);
  }

  @Override
  public void end(Status status, Metadata more) {
    finished = true;
    call.end(status, more, status.isOk() ? null : status.code().name());
  }

  @Override
  public void request(int messages) {
    if (messages < 1) {
      throw new IllegalArgumentException("messages: " + messages + " (expected: >= 1)");
    }
    wire.request(messages);
  }

  @Override
  public void cancel(String reason) {
    end(Status.of(Status.Code.CANCELLED, reason), Metadata.EMPTY);
  }

  Metadata headers() {
    return headers;
  }

  /** Whether the reply that a method of this shape must have has not been sent. */
  boolean isMissing() {
    return !call.method().spec().shape().serverStreams() && sent.get() == 0;
  }

  void setHeaders(Metadata value) {
    if (begun) {
      throw new IllegalStateException(
          "the reply of "
              + call.method().spec().fullName()
              + " has begun (expected: headers before)");
    }
    headers = value;
  }

  /** Headers leave before the first message, whichever thread sends it. */
  private void begin() {
    if (begun) {
      return;
    }
    beginning.lock();
    try {
      if (!begun) {
        if (!headers.isEmpty()) {
          wire.headers(headers);
        }
        begun = true;
      }
    } finally {
      beginning.unlock();
    }
  }
}
