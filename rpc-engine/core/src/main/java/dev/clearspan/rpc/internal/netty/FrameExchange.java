package dev.clearspan.rpc.internal.netty;

import dev.clearspan.rpc.Codec;
import dev.clearspan.rpc.Metadata;
import dev.clearspan.rpc.RpcException;
import dev.clearspan.rpc.Status;
import dev.clearspan.rpc.internal.frame.ResponseHead;
import dev.clearspan.rpc.internal.frame.StreamFrames;
import dev.clearspan.rpc.server.CallInProgress;
import dev.clearspan.rpc.server.ReplySink;
import dev.clearspan.rpc.server.ServerCall;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The reply of one call on one stream: encoded on the thread that ends the call, written by the
 * link's loop. Owns the frame in between.
 */
final class FrameExchange<R> implements ReplySink<R>, Runnable {
  private final LinkReplies replies;
  private final int streamId;
  private @Nullable ByteBuf frame; // handed over through the outbox

  FrameExchange(LinkReplies replies, int streamId) {
    this.replies = replies;
    this.streamId = streamId;
  }

  @Override
  public void replied(CallInProgress<R> call, R message) {
    if (!call.headers().isEmpty() || !call.trailers().isEmpty()) {
      repliedWithMetadata(call, message);
      return;
    }
    Codec<R> codec = call.method().spec().responseCodec();
    int size = checked(codec.sizeOf(message));
    ByteBuf reply = ByteBufAllocator.DEFAULT.directBuffer(ResponseHead.OK_SIZE + size);
    try {
      reply.writerIndex(ResponseHead.OK_SIZE);
      ByteBuffer target = PayloadView.writable(reply, size);
      codec.encode(message, target);
      reply.writerIndex(ResponseHead.OK_SIZE + size - target.remaining());
    } catch (RuntimeException e) {
      reply.release();
      throw e;
    }
    ServerCall.Timing timing = call.record(Status.OK, size);
    ResponseHead.ok(timing.keep(), timing.serverNanos(), timing.queueNanos())
        .complete(reply, streamId);
    send(replies.packing().apply(reply, ResponseHead.OK_SIZE));
  }

  @Override
  public void failed(CallInProgress<R> call, Status status, Metadata metadata, boolean refused) {
    sendHeaders(call.headers());
    send(replies.outcome(streamId, status, metadata, refused, call.record(status, 0)));
  }

  @Override
  public void abandoned(CallInProgress<R> call) {
    // Nobody is answered, so the keep bit goes nowhere.
    ServerCall.Timing unused = call.record(Status.of(Status.Code.CANCELLED, "caller is gone"), 0);
  }

  /** Writes the reply; on the loop. */
  @Override
  public void run() {
    ByteBuf reply = frame;
    if (reply != null) {
      frame = null;
      replies.writeReply(streamId, reply);
    }
  }

  private void repliedWithMetadata(CallInProgress<R> call, R message) {
    Codec<R> codec = call.method().spec().responseCodec();
    int size = checked(codec.sizeOf(message));
    ByteBuf payload = MessageFrame.encode(codec, message, size, call.method().spec().fullName());
    sendHeaders(call.headers());
    ServerCall.Timing timing = call.record(Status.OK, size);
    ResponseHead head =
        new ResponseHead(
            Status.OK,
            timing.keep(),
            false,
            timing.serverNanos(),
            timing.queueNanos(),
            call.trailers());
    ByteBuf reply = ByteBufAllocator.DEFAULT.directBuffer(head.size() + size);
    head.write(reply, streamId, size);
    reply.writeBytes(payload);
    payload.release();
    send(reply);
  }

  private void sendHeaders(Metadata headers) {
    if (!headers.isEmpty()) {
      ByteBuf first = Frames.of(out -> StreamFrames.writeHeaders(out, streamId, headers));
      replies.outbox().put(() -> replies.write(first));
    }
  }

  private void send(ByteBuf reply) {
    frame = reply;
    replies.outbox().put(this);
  }

  private int checked(int size) {
    if (size > replies.mostBytes()) {
      throw new RpcException(
          Status.Code.RESOURCE_EXHAUSTED,
          "%d bytes (expected: <= %d)".formatted(size, replies.mostBytes()));
    }
    return size;
  }
}
