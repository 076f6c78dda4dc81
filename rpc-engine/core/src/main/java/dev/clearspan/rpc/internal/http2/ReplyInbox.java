package dev.clearspan.rpc.internal.http2;

import dev.clearspan.rpc.RpcException;
import dev.clearspan.rpc.Status;
import dev.clearspan.rpc.internal.netty.LargePayloads;
import io.netty.buffer.ByteBuf;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Consumer;

/**
 * The messages of a reply between the wire and their reader: kept as bytes until requested, decoded
 * on the loop if small and elsewhere if large, delivered in order. Loop-confined.
 */
final class ReplyInbox<R> {
  private static final int DECODE_ON_LOOP_BYTES = 64 * 1024;

  private final Reader<R> reader;
  private final Consumer<Runnable> loop;
  private final Queue<ByteBuf> waiting = new ArrayDeque<>();
  private long requested;
  private boolean decoding;
  private boolean closed;

  /** Where messages go. */
  interface Reader<R> {
    /**
     * The message; may run on any thread.
     *
     * @throws RpcException if it cannot be decoded
     */
    R decoded(ByteBuf payload);

    void deliver(R message);

    /** A message that waited could not be decoded: nothing further is delivered. */
    void undecodable(Status status);

    /** Nothing waits any more. */
    void caughtUp();
  }

  /** {@code loop} runs what follows decoding elsewhere. */
  ReplyInbox(Reader<R> reader, Consumer<Runnable> loop) {
    this.reader = reader;
    this.loop = loop;
  }

  /** Whether all that came has been delivered. */
  boolean isEmpty() {
    return waiting.isEmpty() && !decoding;
  }

  /**
   * Takes a message; its bytes are valid during this call.
   *
   * @throws RpcException if it was requested and cannot be decoded
   */
  void add(ByteBuf payload) {
    if (requested > 0 && isEmpty() && isSmall(payload)) {
      requested--;
      reader.deliver(reader.decoded(payload));
    } else {
      waiting.add(payload.retain());
      deliverRequested();
    }
  }

  /** The reader takes so many more messages. */
  void request(int messages) {
    requested = Math.min(Long.MAX_VALUE - messages, requested) + messages;
    deliverRequested();
  }

  /** Drops what waits; nothing is delivered any more. */
  void close() {
    closed = true;
    waiting.forEach(ByteBuf::release);
    waiting.clear();
  }

  private void deliverRequested() {
    boolean waited = !waiting.isEmpty();
    while (requested > 0 && !waiting.isEmpty() && !decoding && !closed) {
      ByteBuf next = waiting.remove();
      if (isSmall(next)) {
        deliver(next);
      } else {
        decoding = true;
        LargePayloads.parse(() -> decodeElsewhere(next));
      }
    }
    if (waited && isEmpty() && !closed) {
      reader.caughtUp();
    }
  }

  private void deliver(ByteBuf payload) {
    requested--;
    try {
      reader.deliver(reader.decoded(payload));
    } catch (RpcException e) {
      reader.undecodable(e.status());
    } finally {
      payload.release();
    }
  }

  private void decodeElsewhere(ByteBuf payload) {
    try {
      R message = reader.decoded(payload);
      loop.accept(() -> deliverDecoded(message));
    } catch (RpcException e) {
      loop.accept(() -> reader.undecodable(e.status()));
    } finally {
      payload.release();
    }
  }

  private void deliverDecoded(R message) {
    decoding = false;
    if (closed) {
      return;
    }
    requested--;
    reader.deliver(message);
    if (waiting.isEmpty()) {
      reader.caughtUp();
    } else {
      deliverRequested();
    }
  }

  private static boolean isSmall(ByteBuf payload) {
    return payload.readableBytes() <= DECODE_ON_LOOP_BYTES;
  }
}
