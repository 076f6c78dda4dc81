package dev.clearspan.rpc.internal.netty;

import dev.clearspan.rpc.Deadline;
import dev.clearspan.rpc.Metadata;
import dev.clearspan.rpc.MethodSpec;
import dev.clearspan.rpc.Status;
import dev.clearspan.rpc.internal.frame.GoAway;
import dev.clearspan.rpc.internal.frame.ProtocolException;
import dev.clearspan.rpc.internal.frame.StreamFrames;
import dev.clearspan.rpc.server.CallInProgress;
import dev.clearspan.rpc.server.ServerCall;
import io.netty.buffer.ByteBuf;
import io.netty.util.collection.IntObjectHashMap;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The streams that a client has open on one link. Confined to its loop. */
final class ServerStreams {
  private final LinkReplies replies;
  private final ServedCalls calls;
  private final int mostRequestBytes;
  private final IntObjectHashMap<ServedFlow<?, ?>> flows = new IntObjectHashMap<>();
  private final LinkStreams shared;
  private final Packing packing;

  ServerStreams(LinkReplies replies, ServedCalls calls, LinkStreams shared, Packing packing) {
    this.replies = replies;
    this.calls = calls;
    this.shared = shared;
    this.mostRequestBytes = shared.limits().messageBytes();
    this.packing = packing;
  }

  /** How their replies are compressed. */
  Packing packing() {
    return packing;
  }

  LinkStreams shared() {
    return shared;
  }

  Outbox outbox() {
    return replies.outbox();
  }

  int mostReplyBytes() {
    return replies.mostBytes();
  }

  int mostRequestBytes() {
    return mostRequestBytes;
  }

  /** The flow of a stream that a REQUEST opens. */
  <Q, R> ServedFlow<Q, R> open(int streamId, MethodSpec<Q, R> method) {
    ServedFlow<Q, R> flow = new ServedFlow<>(this, streamId, method, mostRequestBytes);
    flows.put(streamId, flow);
    return flow;
  }

  /** A DATA frame; of a stream that has ended it is dropped. */
  void data(int streamId, int flags, ByteBuf payload) {
    shared.received(payload.readableBytes());
    ServedFlow<?, ?> flow = find(streamId, "DATA");
    if (flow == null) {
      shared.consumed(StreamFrames.cost(payload.readableBytes()));
    } else {
      flow.inflow().data(payload, flags);
    }
  }

  void end(int streamId) {
    ServedFlow<?, ?> flow = find(streamId, "END");
    if (flow != null) {
      flow.inflow().end(true);
    }
  }

  void window(int streamId, int increment) {
    if (streamId == 0) {
      shared.turns().granted(increment);
      return;
    }
    ServedFlow<?, ?> flow = find(streamId, "WINDOW");
    if (flow != null) {
      flow.granted(increment);
    }
  }

  /** The caller has given the stream up; also if only its end was still to be sent. */
  void cancelled(int streamId) {
    ServedFlow<?, ?> flow = flows.get(streamId);
    if (flow != null) {
      flow.close();
    }
  }

  void closeAll() {
    List<ServedFlow<?, ?>> open = new ArrayList<>(flows.values());
    open.forEach(ServedFlow::close);
  }

  void forget(int streamId, ServedFlow<?, ?> flow) {
    if (flows.get(streamId) == flow) {
      flows.remove(streamId);
    }
  }

  /** The stream's RESPONSE has been written. */
  void ended(int streamId, ServedFlow<?, ?> flow) {
    forget(streamId, flow);
    CallInProgress<?> unused = calls.remove(streamId);
  }

  /** Writes a frame that needs no turn. */
  void write(ByteBuf frame) {
    replies.write(frame);
  }

  ByteBuf response(
      int streamId, Status status, Metadata trailers, boolean refused, ServerCall.Timing timing) {
    return replies.outcome(streamId, status, trailers, refused, timing);
  }

  ByteBuf streamEnd(ByteBuf response) {
    return replies.streamEnd(response);
  }

  /** What is queued when the deadline passes is dropped, so that the end can leave. */
  void dropAt(Deadline deadline, ServedFlow<?, ?> flow) {
    shared.at(deadline, flow::drop);
  }

  private @Nullable ServedFlow<?, ?> find(int streamId, String what) {
    ServedFlow<?, ?> flow = flows.get(streamId);
    if (flow == null && !calls.wasOpened(streamId)) {
      throw new ProtocolException(
          GoAway.Reason.PROTOCOL_ERROR,
          what + " on stream " + streamId + " (expected: a stream that a REQUEST has opened)");
    }
    return flow;
  }
}
