package dev.clearspan.rpc.internal.http2;

import dev.clearspan.rpc.RpcException;
import dev.clearspan.rpc.Status;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import org.jspecify.annotations.Nullable;

/**
 * Cuts the DATA of one stream into messages. A message that lies within one DATA frame is handed on
 * as it lies there; others are gathered in a buffer that grows with what has arrived, never with
 * what a length claims. Loop-confined; {@link #release} frees what is gathered.
 */
final class MessageAssembler {
  private static final int FIRST_BUFFER = 16 * 1024;

  private final int most;
  private @Nullable ByteBuf gathered;

  /** Hears the messages. */
  interface Sink {
    /** A message's bytes as they were sent; valid during this call unless retained. */
    void message(ByteBuf payload, boolean compressed);
  }

  /** {@code most} is the size of the largest message taken, as sent. */
  MessageAssembler(int most) {
    this.most = most;
  }

  /**
   * Takes the content of a DATA frame, all of which is consumed.
   *
   * @throws RpcException RESOURCE_EXHAUSTED if a message is too large, INTERNAL if it is malformed
   */
  void add(ByteBuf data, Sink sink) {
    while (data.isReadable()) {
      boolean unused = next(data, sink);
    }
  }

  /**
   * Takes from the content of a DATA frame what belongs to the next message.
   *
   * @return whether the message was complete; if not, all of the content is consumed
   * @throws RpcException as {@link #add}
   */
  boolean next(ByteBuf data, Sink sink) {
    if (gathered == null && lies(data)) {
      deliver(data, sink);
      return true;
    }
    return gather(data, sink);
  }

  /** Whether the last message is incomplete. */
  boolean isMidMessage() {
    return gathered != null;
  }

  /** Frees what is gathered; more than once is fine. */
  void release() {
    if (gathered != null) {
      gathered.release();
      gathered = null;
    }
  }

  /** Whether a whole message lies at the front. */
  private boolean lies(ByteBuf data) {
    return data.readableBytes() >= MessageFrame.PREFIX_BYTES
        && data.readableBytes() - MessageFrame.PREFIX_BYTES >= length(data);
  }

  private void deliver(ByteBuf data, Sink sink) {
    int length = length(data);
    boolean compressed = data.readByte() == 1;
    data.skipBytes(MessageFrame.PREFIX_BYTES - 1);
    sink.message(data.readSlice(length), compressed);
  }

  private boolean gather(ByteBuf data, Sink sink) {
    ByteBuf into = gathered;
    if (into == null) {
      into = ByteBufAllocator.DEFAULT.directBuffer(FIRST_BUFFER);
      gathered = into;
    }
    if (into.readableBytes() < MessageFrame.PREFIX_BYTES) {
      move(data, into, MessageFrame.PREFIX_BYTES);
    }
    if (into.readableBytes() >= MessageFrame.PREFIX_BYTES) {
      int whole = MessageFrame.PREFIX_BYTES + length(into);
      move(data, into, whole);
      if (into.readableBytes() == whole) {
        gathered = null;
        deliverGathered(into, sink);
        return true;
      }
    }
    return false;
  }

  private void deliverGathered(ByteBuf whole, Sink sink) {
    try {
      deliver(whole, sink);
    } finally {
      whole.release();
    }
  }

  private static void move(ByteBuf from, ByteBuf to, int wanted) {
    to.writeBytes(from, Math.min(from.readableBytes(), wanted - to.readableBytes()));
  }

  /** The length that the prefix at the front tells, checked. */
  private int length(ByteBuf data) {
    int start = data.readerIndex();
    int flag = data.getByte(start);
    if (flag != 0 && flag != 1) {
      throw new RpcException(
          Status.Code.INTERNAL, "message's compressed flag: " + flag + " (expected: 0 or 1)");
    }
    long length = data.getUnsignedInt(start + 1);
    if (length > most) {
      throw new RpcException(
          Status.Code.RESOURCE_EXHAUSTED,
          "message: " + length + " bytes (expected: <= " + most + ")");
    }
    return (int) length;
  }
}
