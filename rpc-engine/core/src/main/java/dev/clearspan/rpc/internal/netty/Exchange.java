package dev.clearspan.rpc.internal.netty;

import dev.clearspan.rpc.Deadline;
import dev.clearspan.rpc.Metadata;
import dev.clearspan.rpc.MethodSpec;
import dev.clearspan.rpc.Status;
import dev.clearspan.rpc.internal.frame.ResponseHead;
import io.netty.buffer.ByteBuf;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * One attempt of a call on a connection, from {@code send} or {@code open} until its result. Owns
 * its encoded REQUEST until that is written. Confined to the connection's loop after construction;
 * ends exactly once.
 */
abstract sealed class Exchange permits PendingCall, ClientStream {
  final MethodSpec<?, ?> method;
  final Deadline deadline;
  int streamId;

  /** What it was sent on; null until then. */
  @Nullable ClientLink sentOn;

  Exchange(MethodSpec<?, ?> method, Deadline deadline) {
    this.method = method;
    this.deadline = deadline;
  }

  abstract boolean hasEnded();

  /** Whether the server must speak streams. */
  boolean isStream() {
    return false;
  }

  /** Hands over the REQUEST, once, to be written. */
  abstract ByteBuf takeFrame();

  /** The REQUEST has been written. */
  void sent(LinkStreams streams) {}

  abstract void notSent(Status status);

  abstract void lost(Status status);

  abstract void refused(Status status);

  abstract void cancelled();

  abstract void headers(Metadata headers);

  /** Ends with the server's reply; {@code loop} runs what follows parsing elsewhere. */
  abstract void replied(ResponseHead head, ByteBuf payload, Executor loop);
}
