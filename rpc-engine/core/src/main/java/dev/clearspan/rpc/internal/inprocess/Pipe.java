package dev.clearspan.rpc.internal.inprocess;

import dev.clearspan.rpc.RpcException;
import dev.clearspan.rpc.Status;
import dev.clearspan.rpc.stream.InOrder;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * One direction of a stream: encoded messages wait until the other end has asked for them. What the
 * reader hears comes in order, one at a time, on whichever thread moves the pipe. Thread-safe.
 */
final class Pipe {
  /** Below this, it is time to send more. */
  static final int LOW_BYTES = 64 * 1024;

  /** A message counts for that much beside its bytes, so that empty ones are bounded, too. */
  private static final int OVERHEAD_BYTES = 64;

  /** The other end. */
  interface Reader {
    void message(byte[] payload);

    /** The writer's {@link Pipe#isWritable} has become true. */
    void writable();
  }

  private final Reader reader;
  private final int mostBytes;
  private final InOrder turn = new InOrder();
  private final AtomicInteger queuedBytes = new AtomicInteger();
  // All in turn.
  private final Deque<byte[]> queue = new ArrayDeque<>();
  private long requested;
  private @Nullable Runnable end;

  /**
   * An empty pipe.
   *
   * @param mostBytes that may wait
   */
  Pipe(Reader reader, int mostBytes) {
    this.reader = reader;
    this.mostBytes = mostBytes;
  }

  /** Puts a message in; RESOURCE_EXHAUSTED if too much waits already. */
  void put(byte[] payload) {
    int weight = weight(payload);
    int queued = queuedBytes.addAndGet(weight);
    if (queued > mostBytes && queued > weight) {
      queuedBytes.addAndGet(-weight);
      throw new RpcException(
          Status.Code.RESOURCE_EXHAUSTED,
          "bytes waiting on the stream: %d (expected: <= %d)".formatted(queued, mostBytes));
    }
    turn.run(
        () -> {
          queue.add(payload);
          deliver();
        });
  }

  boolean isWritable() {
    return queuedBytes.get() < LOW_BYTES;
  }

  /** The reader takes that many more. */
  void request(int messages) {
    turn.run(
        () -> {
          requested += messages;
          deliver();
        });
  }

  /** Runs the action after the last message has been read. */
  void finish(Runnable action) {
    turn.run(
        () -> {
          end = action;
          deliver();
        });
  }

  /** Runs the action now, in turn with what the reader hears; messages that wait are dropped. */
  void cut(Runnable action) {
    turn.run(
        () -> {
          queue.clear();
          end = null;
          action.run();
        });
  }

  /** Runs the action in turn with what the reader hears. */
  void inTurn(Runnable action) {
    turn.run(action);
  }

  private void deliver() {
    while (requested > 0 && !queue.isEmpty()) {
      requested--;
      byte[] next = queue.remove();
      int before = queuedBytes.getAndAdd(-weight(next));
      reader.message(next);
      if (before >= LOW_BYTES && isWritable()) {
        reader.writable();
      }
    }
    Runnable last = end;
    if (last != null && queue.isEmpty()) {
      end = null;
      last.run();
    }
  }

  private static int weight(byte[] payload) {
    return payload.length + OVERHEAD_BYTES;
  }
}
