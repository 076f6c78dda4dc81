package dev.clearspan.rpc.internal.netty;

import dev.clearspan.rpc.Codec;
import dev.clearspan.rpc.Deadline;
import dev.clearspan.rpc.Metadata;
import dev.clearspan.rpc.MethodSpec;
import dev.clearspan.rpc.Status;
import dev.clearspan.rpc.internal.frame.ResponseHead;
import dev.clearspan.rpc.internal.transport.AttemptResult;
import dev.clearspan.rpc.internal.transport.EndpointConnection.AttemptListener;
import dev.clearspan.rpc.internal.transport.EndpointConnection.SentAttempt;
import io.netty.buffer.ByteBuf;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * One attempt from {@code send} until its result. Owns the encoded frame until it is written.
 * Confined to the connection's loop after construction; ends exactly once.
 */
final class PendingCall<R> extends Exchange<R> implements Runnable, SentAttempt {
  /** The connection that it is made on. */
  interface Owner {
    /** Writes it; on the loop. */
    void write(Exchange<?> call);

    /** Has the loop give it up. Thread-safe. */
    void giveUp(Exchange<?> call);

    /** It has ended. */
    void left();
  }

  /** Larger payloads are parsed off the loop: content of 64 KiB, and what surrounds it. */
  static final int PARSE_ON_LOOP_BYTES = 65 * 1024;

  private final Codec<R> replyCodec;
  private final int requestBytes;
  private final AttemptListener<R> listener;
  private final Owner owner;
  private Metadata headers = Metadata.EMPTY;

  /** The owner hears of its end once, before the listener hears the result. */
  PendingCall(
      MethodSpec<?, R> method,
      Deadline deadline,
      ByteBuf frame,
      int requestBytes,
      AttemptListener<R> listener,
      Owner owner) {
    super(method, deadline, frame);
    this.replyCodec = method.responseCodec();
    this.requestBytes = requestBytes;
    this.listener = listener;
    this.owner = owner;
  }

  /** Is written. */
  @Override
  public void run() {
    owner.write(this);
  }

  @Override
  public void cancel() {
    owner.giveUp(this);
  }

  @Override
  void headers(Metadata value) {
    headers = value;
  }

  @Override
  void replied(ResponseHead head, ByteBuf payload, Executor loop) {
    if (head.refused()) {
      refused(head.status(), head.metadata());
    } else if (payload.readableBytes() <= PARSE_ON_LOOP_BYTES || !head.status().isOk()) {
      end(parse(head, payload));
    } else {
      ByteBuf kept = payload.retain();
      LargePayloads.parse(
          () -> {
            AttemptResult<R> result = parseAndRelease(head, kept);
            loop.execute(() -> end(result));
          });
    }
  }

  private AttemptResult<R> parseAndRelease(ResponseHead head, ByteBuf payload) {
    try {
      return parse(head, payload);
    } finally {
      payload.release();
    }
  }

  private AttemptResult<R> parse(ResponseHead head, ByteBuf payload) {
    int bytes = payload.readableBytes();
    if (!head.status().isOk()) {
      return reply(head, head.status(), null, bytes);
    }
    try {
      R message = replyCodec.decode(PayloadView.readable(payload));
      return reply(head, Status.OK, message, bytes);
    } catch (RuntimeException e) {
      String text = "reply of " + method.fullName() + ": " + e.getMessage();
      return reply(head, Status.of(Status.Code.INTERNAL, text), null, bytes);
    }
  }

  private AttemptResult<R> reply(
      ResponseHead head, Status status, @Nullable R message, int responseBytes) {
    return new AttemptResult.Replied<>(
        status,
        message,
        headers,
        head.metadata(),
        head.keep(),
        head.serverNanos(),
        head.queueNanos(),
        requestBytes,
        responseBytes);
  }

  @Override
  int requestBytes() {
    return requestBytes;
  }

  @Override
  void leave() {
    owner.left();
  }

  @Override
  void tell(AttemptResult<R> result) {
    listener.ended(result);
  }
}
