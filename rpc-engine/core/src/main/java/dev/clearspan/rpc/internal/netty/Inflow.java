package dev.clearspan.rpc.internal.netty;

import dev.clearspan.rpc.Codec;
import dev.clearspan.rpc.RpcException;
import dev.clearspan.rpc.Status;
import dev.clearspan.rpc.internal.coding.Coding;
import dev.clearspan.rpc.internal.frame.Compressed;
import dev.clearspan.rpc.internal.frame.GoAway;
import dev.clearspan.rpc.internal.frame.ProtocolException;
import dev.clearspan.rpc.internal.frame.StreamFrames;
import io.netty.buffer.ByteBuf;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * What one stream receives: pieces become messages, which wait here until they are asked for. The
 * peer gets credit back for what was handed over, and for the pieces of a message that has been
 * asked for and is not complete: it may be larger than the window. So what waits is never more than
 * the window. Large messages are parsed off the loop, one at a time. Loop-confined.
 */
final class Inflow<M> {
  /** Who hears the messages, on the loop. */
  interface Receiver<M> {
    void message(M message, int bytes);

    /** After the last message. */
    void finished();

    /** A message is too large; the receiver closes this. */
    void tooLarge(int bytes);

    /** Bytes are no message, or inflate to too much; the receiver closes this. */
    void unreadable(Status.Code why, String text);
  }

  private final LinkStreams link;
  private final int streamId;
  private final Codec<M> codec;
  private final int mostBytes;
  private final Receiver<M> receiver;
  private final ReceiveWindow window;
  private final Deque<Assembled> complete = new ArrayDeque<>();
  private @Nullable ByteBuf partial;
  private int partialCost;
  private int requested;
  private boolean parsing;
  private boolean ended;
  private boolean toldEnd;
  private boolean closed;

  /** A complete message's bytes, how they are packed, what they cost the peer of its credit. */
  private record Assembled(ByteBuf bytes, @Nullable Coding coding, int cost) {
    /** Whether the loop has no time for it: it is large, or may become so. */
    boolean isLong() {
      return coding != null || bytes.readableBytes() > PendingCall.PARSE_ON_LOOP_BYTES;
    }
  }

  Inflow(LinkStreams link, int streamId, Codec<M> codec, int mostBytes, Receiver<M> receiver) {
    this.link = link;
    this.streamId = streamId;
    this.codec = codec;
    this.mostBytes = mostBytes;
    this.receiver = receiver;
    this.window = link.newWindow();
  }

  /** Accepts that many more messages. */
  void request(int messages) {
    requested = (int) Math.min(Integer.MAX_VALUE, (long) requested + messages);
    deliver();
  }

  /** A piece has come; the connection has counted it. */
  void data(ByteBuf piece, int flags) {
    boolean last = (flags & StreamFrames.LAST) != 0;
    Coding coding = last ? Compressed.in(flags) : null;
    int cost = StreamFrames.cost(piece.readableBytes());
    if (closed) {
      link.consumed(cost);
      return;
    }
    checkOpen("DATA");
    window.received(cost, "stream " + streamId);
    partialCost += cost;
    int size = piece.readableBytes() + (partial == null ? 0 : partial.readableBytes());
    if (size > mostBytes) {
      receiver.tooLarge(size);
    } else if (last && partial == null && coding == null && isAwaited()) {
      requested--;
      handOver(piece, takeCost());
    } else {
      keep(piece, last, coding);
    }
  }

  /**
   * The peer sends no more.
   *
   * @param complete whether it must have completed its last message
   */
  void end(boolean complete) {
    if (closed) {
      return;
    }
    checkOpen("END");
    if (partial != null && complete) {
      throw new ProtocolException(
          GoAway.Reason.PROTOCOL_ERROR,
          "END of stream " + streamId + " within a message (expected: its last piece)");
    }
    ended = true;
    dropPartial();
    deliver();
  }

  /** Delivers nothing more and forgets what has come. */
  void close() {
    if (closed) {
      return;
    }
    closed = true;
    dropPartial();
    int cost = 0;
    for (Assembled message : complete) {
      message.bytes.release();
      cost += message.cost;
    }
    complete.clear();
    link.consumed(cost);
  }

  private void dropPartial() {
    link.consumed(takeCost());
    if (partial != null) {
      partial.release();
      partial = null;
    }
  }

  private void checkOpen(String what) {
    if (ended) {
      throw new ProtocolException(
          GoAway.Reason.PROTOCOL_ERROR,
          what + " on stream " + streamId + " after its END (expected: nothing)");
    }
  }

  /** Whether the message that is coming in may be delivered at once. */
  private boolean isAwaited() {
    return requested > 0 && complete.isEmpty() && !parsing;
  }

  private void keep(ByteBuf piece, boolean last, @Nullable Coding coding) {
    if (partial == null) {
      partial = link.allocator().buffer(piece.readableBytes());
    }
    partial.writeBytes(piece);
    if (last) {
      complete.add(new Assembled(partial, coding, takeCost()));
      partial = null;
      deliver();
    } else if (isAwaited()) {
      consumed(takeCost());
    }
  }

  private void deliver() {
    while (requested > 0 && !parsing && !closed && !complete.isEmpty()) {
      requested--;
      Assembled next = complete.remove();
      if (next.isLong()) {
        parsing = true;
        LargePayloads.parse(() -> parse(next));
      } else {
        try {
          handOver(next.bytes, next.cost);
        } finally {
          next.bytes.release();
        }
      }
    }
    if (partial != null && isAwaited()) {
      consumed(takeCost());
    }
    if (ended && complete.isEmpty() && !parsing && !closed && !toldEnd) {
      toldEnd = true;
      receiver.finished();
    }
  }

  private void handOver(ByteBuf bytes, int cost) {
    int size = bytes.readableBytes();
    M message;
    try {
      message = codec.decode(PayloadView.readable(bytes));
    } catch (RuntimeException e) {
      consumed(cost);
      unreadable(e);
      return;
    }
    consumed(cost);
    receiver.message(message, size);
  }

  /** Off the loop. */
  private void parse(Assembled next) {
    int size = next.bytes.readableBytes();
    ByteBuf plain = next.bytes;
    try {
      plain = inflated(next);
      M message = codec.decode(PayloadView.readable(plain));
      link.loop().execute(() -> parsed(next.cost, () -> receiver.message(message, size)));
    } catch (RuntimeException e) {
      link.loop().execute(() -> parsed(next.cost, () -> unreadable(e)));
    } finally {
      plain.release();
    }
  }

  /** Takes over the bytes. */
  private ByteBuf inflated(Assembled message) {
    if (message.coding == null) {
      return message.bytes;
    }
    ByteBuf plain = message.coding.inflate(message.bytes, mostBytes, link.limits().decodedRatio());
    message.bytes.release();
    return plain;
  }

  private void unreadable(RuntimeException cause) {
    Status.Code why = cause instanceof RpcException rpc ? rpc.code() : Status.Code.INVALID_ARGUMENT;
    String text =
        cause instanceof RpcException rpc
            ? rpc.status().message()
            : String.valueOf(cause.getMessage());
    receiver.unreadable(why, text);
  }

  private void parsed(int cost, Runnable then) {
    parsing = false;
    consumed(cost);
    if (!closed) {
      then.run();
      deliver();
    }
  }

  private int takeCost() {
    int cost = partialCost;
    partialCost = 0;
    return cost;
  }

  private void consumed(int cost) {
    link.consumed(cost);
    if (!ended) {
      link.grant(streamId, window.consumed(cost));
    }
  }
}
