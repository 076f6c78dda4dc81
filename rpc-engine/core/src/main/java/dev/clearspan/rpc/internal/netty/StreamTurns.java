package dev.clearspan.rpc.internal.netty;

import io.netty.channel.ChannelHandlerContext;
import io.netty.util.concurrent.Future;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Lets the streams of a connection send in turn, a piece each. At most {@value #TURN_BYTES} bytes
 * are on their way to the socket at a time; the next are written when these have left, so unary
 * frames, which are written at once, never wait behind more. Loop-confined.
 */
final class StreamTurns {
  private static final int TURN_BYTES = 128 * 1024;

  private final ChannelHandlerContext context;
  private final Outbox outbox;
  private final SendWindow connection;
  private final Deque<Outflow> queue = new ArrayDeque<>();
  private boolean scheduled;
  private boolean writing;

  StreamTurns(ChannelHandlerContext context, Outbox outbox, int connectionCredit) {
    this.context = context;
    this.outbox = outbox;
    this.connection = new SendWindow(connectionCredit);
  }

  /** Has the stream send what it can, when its turn comes. */
  void offer(Outflow stream) {
    if (!stream.queues && stream.hasNext()) {
      stream.queues = true;
      queue.add(stream);
    }
    schedule();
  }

  /** The peer has consumed some of what the streams sent. */
  void granted(int increment) {
    connection.grant(increment);
    schedule();
  }

  private void schedule() {
    if (!scheduled && !writing && !queue.isEmpty()) {
      scheduled = true;
      outbox.put(this::write);
    }
  }

  private void write() {
    scheduled = false;
    if (writing || !context.channel().isActive()) {
      return;
    }
    int written = 0;
    int inVain = 0;
    while (written < TURN_BYTES && inVain < queue.size()) {
      Outflow next = queue.remove();
      int bytes = next.writeNext(context, connection);
      inVain = bytes == 0 ? inVain + 1 : 0;
      written += bytes;
      next.queues = next.hasNext();
      if (next.queues) {
        queue.add(next);
      }
    }
    if (written > 0) {
      writing = true;
      context.write(Frames.EMPTY).addListener(this::left);
    }
  }

  private void left(Future<?> written) {
    writing = false;
    if (written.isSuccess()) {
      schedule();
    }
  }
}
