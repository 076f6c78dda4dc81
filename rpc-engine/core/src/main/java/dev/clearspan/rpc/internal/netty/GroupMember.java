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
public abstract class GroupMember implements DialListener {
  /** Calls on it. */
  protected final Occupancy occupancy;

  private final Group group;

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

    /** The server stops or begins to serve, by its own word. */
    void served(boolean serving);

    /** A connection that was READY is over; null: as it should be. */
    void disconnected(@Nullable LinkFault fault);
  }

  /** A member of this group. */
  protected GroupMember(Group group) {
    this.group = group;
    this.occupancy = new Occupancy(group);
  }

  /** The one with the fewest calls, the first of several; of those that take any if one does. */
  static GroupMember leastLoaded(GroupMember[] all) {
    GroupMember best = all[0];
    int least = best.occupancy.load();
    for (int i = 1; i < all.length; i++) {
      int load = all[i].occupancy.load();
      if (load < least) {
        best = all[i];
        least = load;
      }
    }
    return best;
  }

  /** What keeps it connected. */
  protected abstract Dialer<?> dialer();

  /** Most calls at a time that the server takes, as far as that is known. */
  protected abstract int streams();

  /** Sends what waited for the connection, or ends it, as the new state demands. */
  protected abstract void releaseWaiting();

  /** Most calls that may be on it or wait for it. */
  protected abstract int capacity();

  /** As {@code EndpointConnection.send}. */
  protected abstract <Q, R> SentAttempt send(
      AttemptRequest<Q, R> request, AttemptListener<R> listener);

  /** As {@code EndpointConnection.open}. */
  protected abstract <Q, R> StreamSender<Q> open(
      StreamRequest<Q, R> request, StreamAttemptListener<R> listener);

  /** As {@code EndpointConnection.canCollect}. */
  protected boolean canCollect() {
    return false;
  }

  /** As {@code EndpointConnection.collect}. */
  protected boolean collect(long[] traceIds) {
    return false;
  }

  /**
   * Has the link there is, and those to come, pinged without calls, or not any more; on the loop.
   */
  protected abstract void probing(boolean on);

  /** As {@code EndpointConnection.probe}. */
  final void probe(boolean on) {
    loop().execute(() -> probing(on));
  }

  /** Begins to connect. */
  final void start() {
    dialer().start();
  }

  final ConnectionState state() {
    return dialer().state();
  }

  public final EventLoop loop() {
    return dialer().loop();
  }

  /** Closes it for good; calls in flight end. Thread-safe. */
  final void close() {
    occupancy.close();
    if (loop().inEventLoop()) {
      dialer().close();
    } else {
      loop().execute(dialer()::close);
    }
  }

  @Override
  public final void stateChanged(ConnectionState state, String cause, @Nullable LinkFault fault) {
    if (state == ConnectionState.READY) {
      occupancy.open(streams());
    } else {
      occupancy.close();
    }
    group.stateChanged(this, state, cause, fault);
    releaseWaiting();
  }

  @Override
  public final void attempted(boolean connected) {
    group.attempted(connected);
  }

  @Override
  public final void disconnected(@Nullable LinkFault fault) {
    group.disconnected(fault);
  }
}
