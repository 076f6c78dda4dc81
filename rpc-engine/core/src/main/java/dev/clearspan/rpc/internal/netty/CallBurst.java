package dev.clearspan.rpc.internal.netty;

import dev.clearspan.rpc.server.Chunk;
import dev.clearspan.rpc.server.Dispatcher;
import dev.clearspan.rpc.server.ServerCall;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The calls that one read burst of a connection has brought, gathered in chunks until the burst
 * ends. A method that was slow lately gets a chunk of its own. Loop-confined.
 */
public final class CallBurst {
  private final Deque<Chunk> gathered = new ArrayDeque<>();
  private final Dispatcher dispatcher;
  private final Chunk.Replies replies;

  /** {@code replies} is where the calls' replies go. */
  public CallBurst(Dispatcher dispatcher, Chunk.Replies replies) {
    this.dispatcher = dispatcher;
    this.replies = replies;
  }

  /** Adds a call that was admitted. */
  public void add(ServerCall<?, ?> call) {
    Chunk last = gathered.peekLast();
    boolean alone = call.method().isSlow();
    if (last == null || last.isFull() || alone || last.isUrgent()) {
      last = new Chunk(replies);
      gathered.add(last);
    }
    last.add(call);
    if (alone) {
      last.markUrgent();
    }
  }

  /** The burst is over: its calls are run, or turned away where there is no room. */
  public void dispatch() {
    Chunk next;
    while ((next = gathered.poll()) != null) {
      if (!dispatcher.dispatch(next)) {
        next.refuse("dispatch queue is full: " + dispatcher.queued());
      }
    }
  }
}
