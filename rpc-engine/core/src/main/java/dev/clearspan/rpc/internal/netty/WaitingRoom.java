package dev.clearspan.rpc.internal.netty;

import dev.clearspan.rpc.Status;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where calls wait while all connections of their endpoint are full or not ready, first come, first
 * served. Whoever makes room says so; whoever begins to wait looks once more afterwards, so no call
 * waits while there is room. Calls are encoded where they leave, so this happens on a thread that
 * may be held up. Thread-safe.
 */
final class WaitingRoom {
  private static final Logger LOG = LoggerFactory.getLogger(WaitingRoom.class);

  private final Queue<WaitingCall> calls = new ConcurrentLinkedQueue<>();
  private final AtomicInteger size = new AtomicInteger();
  private final AtomicInteger rounds = new AtomicInteger();
  private final Supplier<@Nullable GroupMember> entrance;

  /** {@code entrance} enters a connection that has room, for a call that has waited. */
  WaitingRoom(Supplier<@Nullable GroupMember> entrance) {
    this.entrance = entrance;
  }

  int size() {
    return size.get();
  }

  void add(WaitingCall call) {
    size.incrementAndGet();
    calls.add(call);
    serve();
  }

  /** A waiting call was given up. */
  void forget(WaitingCall call) {
    if (calls.remove(call)) {
      size.decrementAndGet();
    }
  }

  /** There may be room. */
  void serve() {
    if (size.get() > 0 && rounds.getAndIncrement() == 0) {
      LargePayloads.parse(this::rounds);
    }
  }

  /** There will be no room: everybody goes. */
  void dismiss(Status status) {
    WaitingCall call = next();
    while (call != null) {
      call.notSent(status);
      call = next();
    }
  }

  private void rounds() {
    int seen = 1;
    while (seen != 0) {
      serveAll();
      seen = rounds.addAndGet(-seen);
    }
  }

  private void serveAll() {
    while (!calls.isEmpty()) {
      GroupMember member = entrance.get();
      if (member == null) {
        return;
      }
      WaitingCall call = next();
      if (call == null) {
        member.occupancy.leave();
      } else {
        send(call, member);
      }
    }
  }

  private static void send(WaitingCall call, GroupMember member) {
    try {
      call.sendOn(member);
    } catch (RuntimeException | AssertionError e) {
      LOG.error("a call that waited for a connection failed", e);
    }
  }

  private @Nullable WaitingCall next() {
    WaitingCall call = calls.poll();
    if (call != null) {
      size.decrementAndGet();
    }
    return call;
  }
}
