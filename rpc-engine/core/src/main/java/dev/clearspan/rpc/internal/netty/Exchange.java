package dev.clearspan.rpc.internal.netty;

import dev.clearspan.rpc.Deadline;
import dev.clearspan.rpc.Metadata;
import dev.clearspan.rpc.MethodSpec;
import dev.clearspan.rpc.Status;
import dev.clearspan.rpc.internal.frame.ResponseHead;
import dev.clearspan.rpc.internal.transport.AttemptResult;
import io.netty.buffer.ByteBuf;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One attempt of a call on a connection, from {@code send} or {@code open} until its result. Owns
 * its encoded REQUEST until that is written. Confined to the connection's loop after construction;
 * ends exactly once.
 */
abstract sealed class Exchange<R> permits PendingCall, ClientStream {
  private static final Logger LOG = LoggerFactory.getLogger(Exchange.class);

  final MethodSpec<?, R> method;
  final Deadline deadline;
  int streamId;

  /** What it was sent on; null until then. */
  @Nullable ClientLink sentOn;

  private @Nullable ByteBuf frame;
  private boolean ended;

  /** {@code frame} is the encoded REQUEST. */
  Exchange(MethodSpec<?, R> method, Deadline deadline, ByteBuf frame) {
    this.method = method;
    this.deadline = deadline;
    this.frame = frame;
  }

  /** Whether the server must speak streams. */
  boolean isStream() {
    return false;
  }

  /** The REQUEST has been written. */
  void sent(LinkStreams streams) {}

  abstract void headers(Metadata headers);

  /** Ends with the server's reply; {@code loop} runs what follows parsing elsewhere. */
  abstract void replied(ResponseHead head, ByteBuf payload, Executor loop);

  /** Payload sent so far. */
  abstract int requestBytes();

  /** It is over: lets go of what it holds, and leaves its connection. */
  abstract void leave();

  /** Tells its listener. */
  abstract void tell(AttemptResult<R> result);

  final boolean hasEnded() {
    return ended;
  }

  /** Hands over the REQUEST, once, to be written. */
  final ByteBuf takeFrame() {
    ByteBuf taken = frame;
    if (taken == null) {
      throw new IllegalStateException("frame of " + method.fullName() + " already taken");
    }
    frame = null;
    return taken;
  }

  final void notSent(Status status) {
    end(new AttemptResult.NotSent<>(status));
  }

  final void lost(Status status) {
    end(new AttemptResult.Unknown<>(status, requestBytes()));
  }

  final void refused(Status status) {
    refused(status, Metadata.EMPTY);
  }

  final void refused(Status status, Metadata metadata) {
    end(new AttemptResult.Refused<>(status, metadata, requestBytes()));
  }

  final void cancelled() {
    Status status = Status.of(Status.Code.CANCELLED, "given up by the caller");
    end(new AttemptResult.Cancelled<>(status, requestBytes()));
  }

  final void end(AttemptResult<R> result) {
    if (ended) {
      return;
    }
    ended = true;
    if (frame != null) {
      frame.release();
      frame = null;
    }
    leave();
    try {
      tell(result);
    } catch (RuntimeException | AssertionError e) {
      LOG.error("listener of {} failed", method.fullName(), e);
    }
  }
}
