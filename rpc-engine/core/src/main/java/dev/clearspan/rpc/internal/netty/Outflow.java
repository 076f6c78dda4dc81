package dev.clearspan.rpc.internal.netty;

import dev.clearspan.rpc.RpcException;
import dev.clearspan.rpc.Status;
import dev.clearspan.rpc.internal.frame.FrameHeader;
import dev.clearspan.rpc.internal.frame.StreamFrames;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * What one stream sends: messages that wait for credit and for their turn, then its last frame.
 * Owns the buffers it is given. Confined to its loop, but for {@link #reserve} and {@link
 * #isReady}, which count what is on its way here too.
 */
final class Outflow {
  /** With less than this queued the sender may go on: enough to keep the loop busy meanwhile. */
  private static final int READY_BYTES = 64 * 1024;

  /** A sender that never waits for {@link #isReady} is stopped here. */
  private static final int MOST_QUEUED_BYTES = 16 * 1024 * 1024;

  private final Runnable onReady;
  private final AtomicLong queued = new AtomicLong();
  private final Deque<ByteBuf> messages = new ArrayDeque<>();
  private @Nullable SendWindow window;
  private int streamId;
  private @Nullable ByteBuf lastFrame;
  private Runnable onLastFrame = () -> {};
  private boolean closed;

  /** Whether it stands in the queue of {@link StreamTurns}. */
  boolean queues;

  /** {@code onReady} runs on the loop whenever {@link #isReady} has become true. */
  Outflow(Runnable onReady) {
    this.onReady = onReady;
  }

  /** The connection is there: its stream and its first credit. */
  void begin(int stream, int credit) {
    streamId = stream;
    window = new SendWindow(credit);
  }

  /**
   * Counts a message that will be added, and returns its size. Any thread.
   *
   * @throws RpcException if too much is queued; the message is released
   */
  int reserve(ByteBuf message) {
    int bytes = message.readableBytes();
    int cost = StreamFrames.cost(bytes);
    long before = queued.getAndAdd(cost);
    if (before > 0 && before + cost > MOST_QUEUED_BYTES) {
      queued.addAndGet(-cost);
      message.release();
      throw new RpcException(
          Status.Code.RESOURCE_EXHAUSTED,
          "%d bytes queued on a stream, %d more (expected: <= %d in all; wait until it is ready)"
              .formatted(before, bytes, MOST_QUEUED_BYTES));
    }
    return bytes;
  }

  /** Any thread. */
  boolean isReady() {
    return queued.get() < READY_BYTES;
  }

  /** Adds a message for which room was reserved. */
  void add(ByteBuf message) {
    if (closed || lastFrame != null) {
      message.release();
    } else {
      messages.add(message);
    }
  }

  /**
   * No more messages: this frame, on whatever stream this becomes, leaves after those queued, and
   * then the action runs.
   */
  void end(ByteBuf frame, Runnable then) {
    if (closed || lastFrame != null) {
      frame.release();
    } else {
      lastFrame = frame;
      onLastFrame = then;
    }
  }

  /** Drops what is queued. */
  void dropMessages() {
    messages.forEach(ByteBuf::release);
    messages.clear();
  }

  /** Takes nothing more, sends nothing more. */
  void close() {
    closed = true;
    dropMessages();
    if (lastFrame != null) {
      lastFrame.release();
      lastFrame = null;
    }
  }

  void granted(int increment) {
    if (window != null) {
      window.grant(increment);
    }
  }

  /** Whether there is something that this stream's own credit lets go. */
  boolean hasNext() {
    SendWindow own = window;
    ByteBuf next = messages.peek();
    if (own == null || next == null) {
      return own != null && lastFrame != null;
    }
    return fits(own.left(), next.readableBytes());
  }

  /** Whether the last frame has not left yet. */
  boolean isEnding() {
    return lastFrame != null;
  }

  /**
   * Writes the next piece, or the last frame. The loop flushes.
   *
   * @return bytes written; 0 if the connection's credit allows none
   */
  int writeNext(ChannelHandlerContext ctx, SendWindow connection) {
    ByteBuf message = messages.peek();
    if (message == null) {
      return writeLast(ctx);
    }
    SendWindow own = window;
    if (own == null) {
      return 0;
    }
    long credit = Math.min(own.left(), connection.left());
    int left = message.readableBytes();
    if (!fits(credit, left)) {
      return 0;
    }
    int piece =
        (int) Math.min(Math.min(left, StreamFrames.PIECE), credit - StreamFrames.FRAME_COST);
    own.take(StreamFrames.cost(piece));
    connection.take(StreamFrames.cost(piece));
    write(ctx, message, piece);
    return FrameHeader.LENGTH + piece;
  }

  private void write(ChannelHandlerContext ctx, ByteBuf message, int piece) {
    boolean last = piece == message.readableBytes();
    if (last) {
      messages.poll();
    }
    if (last && message.readerIndex() == FrameHeader.LENGTH) {
      message.readerIndex(0);
      StreamFrames.completeData(message, streamId);
      ctx.write(message, ctx.voidPromise());
    } else {
      ByteBuf header = ctx.alloc().directBuffer(FrameHeader.LENGTH);
      if (last) {
        StreamFrames.writeLastHeader(header, streamId, message);
      } else {
        StreamFrames.writeDataHeader(header, streamId, piece, false);
      }
      ctx.write(header, ctx.voidPromise());
      ctx.write(last ? message : message.readRetainedSlice(piece), ctx.voidPromise());
    }
    left(last ? StreamFrames.cost(piece) : piece);
  }

  private int writeLast(ChannelHandlerContext ctx) {
    ByteBuf frame = lastFrame;
    if (frame == null) {
      return 0;
    }
    lastFrame = null;
    closed = true;
    int bytes = frame.readableBytes();
    FrameHeader.patchStream(frame, streamId);
    ctx.write(frame, ctx.voidPromise());
    onLastFrame.run();
    return bytes;
  }

  private void left(int bytes) {
    long before = queued.getAndAdd(-bytes);
    if (before >= READY_BYTES && before - bytes < READY_BYTES) {
      onReady.run();
    }
  }

  private static boolean fits(long credit, int left) {
    return left == 0 ? credit >= StreamFrames.FRAME_COST : credit > StreamFrames.FRAME_COST;
  }
}
