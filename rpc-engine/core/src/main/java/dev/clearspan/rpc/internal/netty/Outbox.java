package dev.clearspan.rpc.internal.netty;

import dev.clearspan.rpc.server.Chunk;
import io.netty.channel.EventLoop;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jctools.queues.atomic.MpscUnboundedAtomicArrayQueue;
import org.jspecify.annotations.Nullable;

/**
 * The one way to a connection's event loop: any thread puts commands, the loop runs them in order
 * and then flushes once. At most one wake-up is under way at a time. What is put is bounded by the
 * connection's limit of calls in flight. A thread that runs several calls of one connection holds
 * its wake-ups back until it is through with them.
 */
public final class Outbox implements Runnable, Chunk.Replies {
  private static final int CHUNK = 512;
  private static final int MOST_PER_TURN = 1024;

  private final MpscUnboundedAtomicArrayQueue<Runnable> commands =
      new MpscUnboundedAtomicArrayQueue<>(CHUNK);
  private final AtomicBoolean scheduled = new AtomicBoolean();
  private final EventLoop loop;
  private final Runnable flush;

  /** The last thread that holds: another that does too sends at once, which costs time only. */
  private volatile @Nullable Thread holder;

  /** {@code flush} is run on the loop after each round of commands. */
  public Outbox(EventLoop loop, Runnable flush) {
    this.loop = loop;
    this.flush = flush;
  }

  /** Has the loop run the command soon. Thread-safe. */
  public void put(Runnable command) {
    commands.offer(command);
    if (holder != Thread.currentThread()) {
      schedule();
    }
  }

  @Override
  public void hold() {
    holder = Thread.currentThread();
  }

  @Override
  public void release() {
    if (holder == Thread.currentThread()) {
      holder = null;
    }
    send();
  }

  @Override
  public void send() {
    if (!commands.isEmpty()) {
      schedule();
    }
  }

  @Override
  public void run() {
    assert loop.inEventLoop();
    // Relaxed: a loop does not wait for a thread that was stopped in the middle of its put.
    Runnable command;
    int count = 0;
    while (count++ < MOST_PER_TURN && (command = commands.relaxedPoll()) != null) {
      command.run();
    }
    flush.run();
    scheduled.set(false);
    if (!commands.isEmpty()) {
      schedule();
    }
  }

  private void schedule() {
    if (!scheduled.get() && scheduled.compareAndSet(false, true)) {
      loop.execute(this);
    }
  }
}
