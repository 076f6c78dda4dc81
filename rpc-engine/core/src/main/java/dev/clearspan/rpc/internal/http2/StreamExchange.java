package dev.clearspan.rpc.internal.http2;

import dev.clearspan.rpc.Codec;
import dev.clearspan.rpc.Compression;
import dev.clearspan.rpc.Metadata;
import dev.clearspan.rpc.RpcException;
import dev.clearspan.rpc.Status;
import dev.clearspan.rpc.StreamSender;
import dev.clearspan.rpc.internal.transport.AttemptResult;
import dev.clearspan.rpc.internal.transport.StreamAttemptListener;
import dev.clearspan.rpc.internal.transport.StreamRequest;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * One attempt of a call of any shape, with HTTP/2's flow control behind both directions.
 *
 * <p>Sending: messages are encoded by whoever sends them and counted in {@code queued} until their
 * bytes have left, which the server's window decides; little queued is what ready means.
 *
 * <p>Receiving: a message that nobody has requested yet is kept as bytes, and as long as one is,
 * the window is not widened. So a slow reader holds at most a window and a message.
 */
class StreamExchange<Q, R> extends ClientStream<R>
    implements StreamSender<Q>, ReplyInbox.Reader<R> {
  /** As in grpc-java: more than this is no little. */
  private static final int READY_BYTES = 32 * 1024;

  /** Bound of what a sender that does not wait may queue, beside one message. */
  private static final long MOST_QUEUED_BYTES = 16L * 1024 * 1024;

  private final Codec<Q> codec;
  private final boolean gzip;
  private final StreamAttemptListener<R> listener;
  private final AtomicLong queued = new AtomicLong();
  private volatile boolean finished;
  private volatile boolean over;

  // Of the loop.
  private final Queue<ByteBuf> unsent = new ArrayDeque<>();
  private final ReplyInbox<R> inbox;
  private int heldBack;
  private int replies;
  private int requestBytes;
  private int replyBytes;
  private boolean finishing;
  private @Nullable AttemptResult<R> untold;

  StreamExchange(
      GrpcConnection connection, StreamRequest<Q, R> request, StreamAttemptListener<R> listener) {
    super(
        connection,
        request.method(),
        connection.fields(request, isPacked(request)),
        request.deadline());
    this.codec = request.method().requestCodec();
    this.gzip = isPacked(request);
    this.listener = listener;
    this.inbox = new ReplyInbox<>(this, connection.outbox()::put);
  }

  private static boolean isPacked(StreamRequest<?, ?> request) {
    return request.compression() != Compression.NONE;
  }

  @Override
  public void send(Q message) {
    if (finished) {
      throw new IllegalStateException("message after finish() (expected: none)");
    }
    if (over) {
      return;
    }
    ByteBuf frame = MessageFrame.encode(codec, message, gzip, connection.limits().messageBytes());
    int size = frame.readableBytes();
    long before = queued.getAndAdd(size);
    if (before > MOST_QUEUED_BYTES) {
      queued.addAndGet(-size);
      frame.release();
      throw new RpcException(
          Status.Code.RESOURCE_EXHAUSTED,
          "queued for %s: %d bytes (expected: <= %d; wait until the stream is ready)"
              .formatted(method.fullName(), before, MOST_QUEUED_BYTES));
    }
    connection.outbox().put(() -> write(frame));
  }

  @Override
  public boolean isReady() {
    return !over && queued.get() < READY_BYTES;
  }

  @Override
  public void finish() {
    if (!finished) {
      finished = true;
      connection.outbox().put(this::writeEnd);
    }
  }

  @Override
  public void request(int messages) {
    if (messages < 1) {
      throw new IllegalArgumentException("messages: " + messages + " (expected: >= 1)");
    }
    connection.outbox().put(() -> inbox.request(messages));
  }

  @Override
  public void cancel(String reason) {
    connection.outbox().put(() -> giveUp(reason));
  }

  @Override
  void opened(RequestWriter on) {
    on.begin(this);
    boolean ended = false;
    while (!unsent.isEmpty() && !hasEnded()) {
      ByteBuf next = unsent.remove();
      ended = finishing && unsent.isEmpty();
      write(on, next, ended);
    }
    if (finishing && !ended && !hasEnded()) {
      on.send(this, Unpooled.EMPTY_BUFFER, true);
    }
  }

  @Override
  void began(Metadata headers) {
    listener.headers(headers);
  }

  @Override
  void received(ByteBuf payload) {
    replies++;
    replyBytes += payload.readableBytes();
    if (replies > 1 && !method.shape().serverStreams()) {
      throw wrongCount("more than 1 message");
    }
    inbox.add(payload);
  }

  @Override
  int taken(int bytes) {
    if (inbox.isEmpty()) {
      return bytes;
    }
    heldBack += bytes;
    return 0;
  }

  @Override
  void answered(Status status, Metadata trailers, ServerNotes notes) {
    if (status.isOk() && replies == 0 && !method.shape().serverStreams()) {
      failed(wrongCount("no message").status());
      return;
    }
    AttemptResult<R> result = result(status, trailers, notes);
    if (inbox.isEmpty()) {
      end(result);
    } else if (settle()) {
      untold = result;
    }
  }

  @Override
  void failed(Status status) {
    end(result(status, Metadata.EMPTY, ServerNotes.NONE));
  }

  @Override
  void tell(AttemptResult<R> result) {
    over = true;
    dropAll();
    listener.ended(result);
  }

  @Override
  int requestBytes() {
    return requestBytes;
  }

  private void write(ByteBuf frame) {
    GrpcClientLink on = link();
    if (hasEnded()) {
      left(frame.readableBytes());
      frame.release();
    } else if (on == null) {
      unsent.add(frame);
    } else {
      write(on.writer(), frame, false);
    }
  }

  private void write(RequestWriter on, ByteBuf frame, boolean last) {
    int size = frame.readableBytes();
    requestBytes += size - MessageFrame.PREFIX_BYTES;
    on.send(this, frame, last, on.promise().addListener(written -> left(size)));
  }

  private void writeEnd() {
    GrpcClientLink on = link();
    if (on == null) {
      finishing = true;
    } else if (!hasEnded()) {
      on.writer().send(this, Unpooled.EMPTY_BUFFER, true);
    }
  }

  /** Bytes have left, or will never leave. */
  private void left(int size) {
    long before = queued.getAndAdd(-size);
    if (before >= READY_BYTES && before - size < READY_BYTES && !hasEnded()) {
      listener.ready();
    }
  }

  @Override
  public void deliver(R message) {
    listener.message(message);
  }

  /** More may come, or the result is told. */
  @Override
  public void caughtUp() {
    AttemptResult<R> result = untold;
    GrpcClientLink on = link();
    if (result != null) {
      untold = null;
      telling(result);
    } else if (on != null && heldBack > 0) {
      int bytes = heldBack;
      heldBack = 0;
      on.writer().consumed(this, bytes);
    }
  }

  @Override
  public void undecodable(Status status) {
    if (over) {
      return;
    }
    if (untold == null) {
      breakOff(status);
    } else {
      untold = null;
      telling(result(status, Metadata.EMPTY, ServerNotes.NONE));
    }
  }

  private void giveUp(String reason) {
    if (untold == null) {
      cancelled(reason);
    } else {
      untold = null;
      Status status = Status.of(Status.Code.CANCELLED, reason);
      telling(new AttemptResult.Cancelled<>(status, requestBytes));
    }
  }

  private void dropAll() {
    unsent.forEach(ByteBuf::release);
    unsent.clear();
    inbox.close();
  }

  private AttemptResult<R> result(Status status, Metadata trailers, ServerNotes notes) {
    return new AttemptResult.Replied<>(
        status,
        null,
        trailers,
        notes.keep(),
        notes.serverNanos(),
        notes.queueNanos(),
        requestBytes,
        replyBytes);
  }

  private RpcException wrongCount(String found) {
    return new RpcException(
        Status.Code.INTERNAL, "reply of " + method.fullName() + ": " + found + " (expected: 1)");
  }
}
