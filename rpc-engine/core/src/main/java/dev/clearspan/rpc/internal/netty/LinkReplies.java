package dev.clearspan.rpc.internal.netty;

import dev.clearspan.rpc.Metadata;
import dev.clearspan.rpc.Status;
import dev.clearspan.rpc.internal.frame.ResponseHead;
import dev.clearspan.rpc.server.ServerCall;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;

/**
 * The way of one link's replies to its client, who has said what it takes. What writes is confined
 * to the loop; the rest is thread-safe.
 */
final class LinkReplies {
  private final ChannelHandlerContext context;
  private final Outbox outbox;
  private final ServedCalls calls;
  private final LoadTelling load;
  private final int mostBytes;
  private final Packing packing;

  /**
   * What a link's calls answer with.
   *
   * @param mostBytes largest message that the client takes
   */
  LinkReplies(
      ChannelHandlerContext context,
      Outbox outbox,
      ServedCalls calls,
      LoadTelling load,
      int mostBytes,
      Packing packing) {
    this.context = context;
    this.outbox = outbox;
    this.calls = calls;
    this.load = load;
    this.mostBytes = mostBytes;
    this.packing = packing;
  }

  Outbox outbox() {
    return outbox;
  }

  int mostBytes() {
    return mostBytes;
  }

  /** How unary replies are compressed. */
  Packing packing() {
    return packing;
  }

  /** A complete RESPONSE frame without a message. */
  ByteBuf outcome(
      int streamId, Status status, Metadata metadata, boolean refused, ServerCall.Timing timing) {
    ResponseHead head =
        new ResponseHead(
            status, timing.keep(), refused, timing.serverNanos(), timing.queueNanos(), metadata);
    return Frames.of(out -> head.write(out, streamId, 0));
  }

  /** Writes a unary call's RESPONSE, unless the connection is gone; the outbox flushes. */
  void writeReply(int streamId, ByteBuf reply) {
    calls.remove(streamId);
    write(load.reply(reply));
  }

  /** The RESPONSE of a stream as it is to be written. */
  ByteBuf streamEnd(ByteBuf response) {
    return load.streamEnd(response);
  }

  /** Writes a frame, unless the connection is gone; the outbox flushes. */
  void write(ByteBuf frame) {
    if (context.channel().isActive()) {
      context.write(frame, context.voidPromise());
    } else {
      frame.release();
    }
  }
}
