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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One attempt from {@code send} until its result. Owns the encoded frame until it is written.
 * Confined to the connection's loop after construction; ends exactly once.
 */
final class PendingCall<R> extends Exchange implements Runnable, SentAttempt {
  /** The connection that it is made on. */
  interface Owner {
    /** Writes it; on the loop. */
    void write(Exchange call);

    /** Has the loop give it up. Thread-safe. */
    void giveUp(Exchange call);

    /** It has ended. */
    void left();
  }

  /** Larger payloads are parsed off the loop: content of 64 KiB, and what surrounds it. */
  static final int PARSE_ON_LOOP_BYTES = 65 * 1024;

  private static final Logger LOG = LoggerFactory.getLogger(PendingCall.class);

  private final Codec<R> replyCodec;
  private final int requestBytes;
  private final AttemptListener<R> listener;
  private final Owner owner;
  private @Nullable ByteBuf frame;
  private Metadata headers = Metadata.EMPTY;
  private boolean ended;

  /** The owner hears of its end once, before the listener hears the result. */
  PendingCall(
      MethodSpec<?, R> method,
      Deadline deadline,
      ByteBuf frame,
      int requestBytes,
      AttemptListener<R> listener,
      Owner owner) {
    super(method, deadline);
    this.replyCodec = method.responseCodec();
    this.frame = frame;
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
  boolean hasEnded() {
    return ended;
  }

  @Override
  ByteBuf takeFrame() {
    ByteBuf taken = frame;
    if (taken == null) {
      throw new IllegalStateException("frame of " + method.fullName() + " already taken");
    }
    frame = null;
    return taken;
  }

  @Override
  void notSent(Status status) {
    end(new AttemptResult.NotSent<>(status));
  }

  @Override
  void lost(Status status) {
    end(new AttemptResult.Unknown<>(status, requestBytes));
  }

  @Override
  void refused(Status status) {
    end(new AttemptResult.Refused<>(status, requestBytes));
  }

  @Override
  void cancelled() {
    Status status = Status.of(Status.Code.CANCELLED, "given up by the caller");
    end(new AttemptResult.Cancelled<>(status, requestBytes));
  }

  @Override
  void headers(Metadata value) {
    headers = value;
  }

  @Override
  void replied(ResponseHead head, ByteBuf payload, Executor loop) {
    if (head.refused()) {
      refused(head.status());
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

  private void end(AttemptResult<R> result) {
    if (ended) {
      return;
    }
    ended = true;
    if (frame != null) {
      frame.release();
      frame = null;
    }
    owner.left();
    try {
      listener.ended(result);
    } catch (RuntimeException | AssertionError e) {
      LOG.error("listener of {} failed", method.fullName(), e);
    }
  }
}
