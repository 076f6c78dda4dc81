package dev.clearspan.rpc.internal.netty;

import dev.clearspan.rpc.Deadline;
import dev.clearspan.rpc.Limits;
import dev.clearspan.rpc.internal.frame.StreamFrames;
import dev.clearspan.rpc.internal.frame.StreamWindows;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelHandlerContext;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * What the streams of one connection share: its credit both ways, and their turns. Confined to its
 * loop.
 */
final class LinkStreams {
  private final ChannelHandlerContext context;
  private final Outbox outbox;
  private final StreamWindows ours;
  private final StreamWindows theirs;
  private final Limits limits;
  private final ReceiveWindow received;
  private final StreamTurns turns;

  /** Both sides have said what their streams begin with. */
  LinkStreams(
      ChannelHandlerContext context,
      Outbox outbox,
      StreamWindows ours,
      StreamWindows theirs,
      Limits limits) {
    this.context = context;
    this.outbox = outbox;
    this.ours = ours;
    this.theirs = theirs;
    this.limits = limits;
    this.received = new ReceiveWindow(ours.connection());
    this.turns = new StreamTurns(context, outbox, theirs.connection());
  }

  StreamTurns turns() {
    return turns;
  }

  Limits limits() {
    return limits;
  }

  /** What a stream to the peer begins with. */
  int peerCredit() {
    return theirs.stream();
  }

  ReceiveWindow newWindow() {
    return new ReceiveWindow(ours.stream());
  }

  Executor loop() {
    return context.executor();
  }

  /** Runs the action on the loop when the deadline has passed. */
  void at(Deadline deadline, Runnable action) {
    long left = Math.max(0, deadline.remainingNanos(System.nanoTime()));
    context.executor().schedule(action, left, TimeUnit.NANOSECONDS);
  }

  ByteBufAllocator allocator() {
    return context.alloc();
  }

  /**
   * DATA has come, of whatever stream.
   *
   * @throws dev.clearspan.rpc.internal.frame.ProtocolException if the peer had no credit for it
   */
  void received(int payloadBytes) {
    StreamFrames.checkPiece(payloadBytes);
    received.received(StreamFrames.cost(payloadBytes), "the connection");
  }

  /** What came is consumed, or will never be. */
  void consumed(int cost) {
    grant(0, received.consumed(cost));
  }

  /** Gives the peer credit; none if the increment is 0. */
  void grant(int streamId, int increment) {
    if (increment > 0) {
      outbox.put(() -> writeWindow(streamId, increment));
    }
  }

  private void writeWindow(int streamId, int increment) {
    if (context.channel().isActive()) {
      context.write(
          Frames.of(out -> StreamFrames.writeWindow(out, streamId, increment)),
          context.voidPromise());
    }
  }
}
