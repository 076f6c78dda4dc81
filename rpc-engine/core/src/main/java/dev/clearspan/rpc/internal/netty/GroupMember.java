package dev.clearspan.rpc.internal.netty;

import dev.clearspan.rpc.StreamSender;
import dev.clearspan.rpc.balance.LoadReport;
import dev.clearspan.rpc.internal.transport.AttemptRequest;
import dev.clearspan.rpc.internal.transport.ConnectionState;
import dev.clearspan.rpc.internal.transport.EndpointConnection.AttemptListener;
import dev.clearspan.rpc.internal.transport.EndpointConnection.SentAttempt;
import dev.clearspan.rpc.internal.transport.StreamAttemptListener;
import dev.clearspan.rpc.internal.transport.StreamRequest;
import io.netty.channel.EventLoop;
import org.jspecify.annotations.Nullable;

/**
 * One of an endpoint's connections, in whatever protocol. Whoever sends on it has entered its
 * {@link Occupancy} before, and the call leaves it when it ends, also if sending throws.
 */
public abstract class GroupMember {
  /** Calls on it. */
  protected final Occupancy occupancy;

  /** Where a member's news goes; called on the member's loop. */
  public interface Group extends Occupancy.Watcher {
    /**
     * The member is now in this state.
     *
     * @param fault what was wrong, if it has just been lost and that is known
     */
    void stateChanged(
        GroupMember member, ConnectionState state, String cause, @Nullable LinkFault fault);

    /** An attempt to connect is over. */
    void attempted(boolean connected);

    /** The server has said how loaded it is. */
    void loaded(LoadReport report);

    /** A connection that was READY is over; null: as it should be. */
    void disconnected(@Nullable LinkFault fault);
  }

  /** A member of this group. */
  protected GroupMember(Group group) {
    this.occupancy = new Occupancy(group);
  }

  /** Begins to connect. */
  protected abstract void start();

  protected abstract ConnectionState state();

  protected abstract EventLoop loop();

  /** Most calls that may be on it or wait for it. */
  protected abstract int capacity();

  /** As {@code EndpointConnection.send}. */
  protected abstract <Q, R> SentAttempt send(
      AttemptRequest<Q, R> request, AttemptListener<R> listener);

  /** As {@code EndpointConnection.open}. */
  protected abstract <Q, R> StreamSender<Q> open(
      StreamRequest<Q, R> request, StreamAttemptListener<R> listener);

  /** As {@code EndpointConnection.collect}. */
  protected boolean collect(long[] traceIds) {
    return false;
  }

  /** Closes it for good; calls in flight end. Thread-safe. */
  protected abstract void close();
}
