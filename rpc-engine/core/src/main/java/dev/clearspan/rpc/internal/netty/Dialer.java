package dev.clearspan.rpc.internal.netty;

import dev.clearspan.rpc.Status;
import dev.clearspan.rpc.internal.transport.ConnectionState;
import dev.clearspan.rpc.internal.transport.EndpointAddress;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps an endpoint connected, whatever protocol its links speak: dials, dials again with backoff
 * when the link was lost, replaces links that the server wants to be rid of, and tells each change
 * of state. Any thread may read the state; everything else is confined to one event loop, the same
 * for all links.
 *
 * <p>There is one link that takes calls. Beside it there may be one that is being made to replace
 * it, and any number that are left to their last calls.
 *
 * @param <L> the protocol's links
 */
public final class Dialer<L extends Dialer.Link> {
  private static final Logger LOG = LoggerFactory.getLogger(Dialer.class);
  private static final long GOOD_LINK_NANOS = TimeUnit.SECONDS.toNanos(5);
  private static final long SENT_AWAY_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
  private static final long USEFUL_LINK_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  private final Connector connector;
  private final EndpointAddress address;
  private final Listener listener;
  private final Supplier<L> newLink;
  private final Backoff backoff = new Backoff();
  private final Set<L> leaving = new HashSet<>();

  private volatile ConnectionState state = ConnectionState.CONNECTING;
  private volatile String cause = "";
  private @Nullable L link;
  private @Nullable L successor;
  private boolean renewing;
  private @Nullable ScheduledFuture<?> nextDial;
  private long readySince;

  /** One TCP connection, from connect to close. Confined to its event loop. */
  public interface Link {
    /** What goes into the channel's pipeline. */
    ChannelHandler handler();

    /** Closes the connection, if it was made; the reason is for people. */
    void close(String reason);

    /** Takes no more calls, and closes after its last one. */
    void finish();

    void flush();

    /** Why it was lost. */
    LinkFault fault();
  }

  /** Hears what becomes of the links; on the loop. */
  public interface Listener {
    /** {@code fault} is set where a link was lost. */
    void stateChanged(ConnectionState state, String cause, @Nullable LinkFault fault);

    /** An attempt to connect is over. */
    void attempted(boolean connected);

    /** A link that was ready is gone; null: as it should be. */
    void disconnected(@Nullable LinkFault fault);
  }

  /**
   * A dialer that does nothing before {@link #start}.
   *
   * @param newLink makes the link of the next connection; on the loop
   */
  public Dialer(
      Connector connector, EndpointAddress address, Listener listener, Supplier<L> newLink) {
    this.connector = connector;
    this.address = address;
    this.listener = listener;
    this.newLink = newLink;
  }

  public EventLoop loop() {
    return connector.loop();
  }

  public ConnectionState state() {
    return state;
  }

  /** The link that new calls go to, if there is one. */
  public @Nullable L link() {
    return link;
  }

  /** Why no call can be sent now. */
  public Status unavailable() {
    return Status.of(Status.Code.UNAVAILABLE, address.authority() + " is " + state + ": " + cause);
  }

  /** Begins to dial. Thread-safe. */
  public void start() {
    loop().execute(this::dial);
  }

  /** Flushes every link there is. */
  public void flush() {
    if (link != null) {
      link.flush();
    }
    if (!leaving.isEmpty()) {
      leaving.forEach(Link::flush);
    }
  }

  /** The link takes calls. */
  public void ready(L which) {
    if (state == ConnectionState.CLOSED) {
      return;
    }
    listener.attempted(true);
    readySince = System.nanoTime();
    if (which == successor) {
      succeed();
    } else {
      become(ConnectionState.READY, "", null);
    }
  }

  /** The link takes no new calls, and the endpoint wants none. */
  public void draining(String reason) {
    become(ConnectionState.DRAINING, reason, null);
  }

  /** The link goes on taking calls until another one, dialled beside it, is ready. */
  public void renew(L which) {
    if (which == link && state == ConnectionState.READY && !renewing) {
      renewing = true;
      dial();
    }
  }

  /**
   * The link takes no new calls but another one may: it is left to its calls, and a new one is
   * dialled beside it, at once unless the link had only just become ready. Calls wait meanwhile,
   * unless the server sent the link away as soon as it had it: then it is about to go.
   */
  public void replace(L which, String reason) {
    if (which != link || state == ConnectionState.CLOSED) {
      return;
    }
    leaving.add(which);
    long life = lifeNanos();
    noteEnd();
    boolean underWay = renewing;
    promoteSuccessor();
    if (life < SENT_AWAY_NANOS) {
      become(ConnectionState.UNREACHABLE, reason, LinkFault.GOAWAY);
    } else {
      become(ConnectionState.CONNECTING, reason, null);
    }
    if (!underWay && life > USEFUL_LINK_NANOS) {
      dial();
    } else if (!underWay) {
      dialLater();
    }
  }

  /** The link is gone, or could not be made. */
  public void lost(L which, String reason) {
    tellLoss(which);
    if (leaving.remove(which) || state == ConnectionState.CLOSED) {
      return;
    }
    if (which == successor) {
      successor = null;
      dialLater();
    } else if (which == link) {
      noteEnd();
      LinkFault fault = which.fault();
      boolean underWay = renewing;
      promoteSuccessor();
      become(ConnectionState.UNREACHABLE, reason, fault);
      if (!underWay) {
        dialLater();
      }
    }
  }

  /** Closes all links and dials no more. */
  public void close() {
    if (state == ConnectionState.CLOSED) {
      return;
    }
    if (link != null && lifeNanos() > 0) {
      leaving.add(link);
    }
    Set<L> all = new HashSet<>(leaving);
    addIfPresent(link, all);
    addIfPresent(successor, all);
    link = null;
    successor = null;
    cancelDial();
    become(ConnectionState.CLOSED, "closed by us", null);
    String reason = "connection to " + address.authority() + " closed by us";
    all.forEach(each -> each.close(reason));
  }

  private static <L> void addIfPresent(@Nullable L link, Set<L> links) {
    if (link != null) {
      links.add(link);
    }
  }

  private void succeed() {
    L old = link;
    promoteSuccessor();
    if (old != null) {
      leaving.add(old);
      old.finish();
    }
    become(ConnectionState.READY, "", null);
  }

  private void promoteSuccessor() {
    link = successor;
    successor = null;
    renewing = false;
  }

  private void tellLoss(L which) {
    boolean wasMade = leaving.contains(which) || which == link && lifeNanos() > 0;
    if (!wasMade) {
      if (which == link || which == successor) {
        listener.attempted(false);
      }
    } else {
      boolean wanted = leaving.contains(which) || state != ConnectionState.READY;
      listener.disconnected(wanted ? null : which.fault());
    }
  }

  /** A link that was good for some time lets the endpoint be trusted again. */
  private void noteEnd() {
    if (lifeNanos() > GOOD_LINK_NANOS) {
      backoff.reset();
    }
  }

  /** How long ago the link became ready; 0 if it has not. */
  private long lifeNanos() {
    boolean wasReady = state == ConnectionState.READY || state == ConnectionState.DRAINING;
    return wasReady ? Math.max(1, System.nanoTime() - readySince) : 0;
  }

  private void dialLater() {
    cancelDial();
    nextDial = loop().schedule(this::dial, backoff.nextNanos(), TimeUnit.NANOSECONDS);
  }

  private void cancelDial() {
    if (nextDial != null) {
      nextDial.cancel(false);
      nextDial = null;
    }
  }

  private void dial() {
    assert loop().inEventLoop();
    if (state == ConnectionState.CLOSED) {
      return;
    }
    L made = newLink.get();
    if (renewing) {
      successor = made;
    } else {
      link = made;
    }
    connector.connect(
        made.handler(), future -> connected(made, future), reason -> lost(made, reason));
  }

  private void connected(L made, ChannelFuture future) {
    if (!future.isSuccess()) {
      lost(made, String.valueOf(future.cause().getMessage()));
    } else if (state == ConnectionState.CLOSED) {
      future.channel().close();
    }
  }

  private void become(ConnectionState next, String reason, @Nullable LinkFault fault) {
    if (state == next && cause.equals(reason)) {
      return;
    }
    LOG.debug("connection to {} is {} {}", address, next, reason);
    cause = reason;
    state = next;
    listener.stateChanged(next, reason, fault);
  }
}
