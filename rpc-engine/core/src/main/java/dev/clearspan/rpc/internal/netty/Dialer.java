package dev.clearspan.rpc.internal.netty;

import dev.clearspan.rpc.Status;
import dev.clearspan.rpc.internal.tls.ClientTls;
import dev.clearspan.rpc.internal.transport.ConnectionListener;
import dev.clearspan.rpc.internal.transport.ConnectionState;
import dev.clearspan.rpc.internal.transport.EndpointAddress;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps an endpoint connected, whatever protocol its links speak: dials, dials again with backoff
 * when the link was lost, and tells each change of state. Any thread may read the state; everything
 * else is confined to one event loop, the same for all links.
 *
 * @param <L> the protocol's links
 */
public final class Dialer<L extends Dialer.Link> {
  private static final Logger LOG = LoggerFactory.getLogger(Dialer.class);
  private static final int CONNECT_TIMEOUT_MILLIS = 3_000;
  private static final int UNACKNOWLEDGED_MILLIS = 10_000;
  private static final long GOOD_LINK_NANOS = TimeUnit.SECONDS.toNanos(5);
  private static final long USEFUL_LINK_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  private final EventLoops loops;
  private final EventLoop loop;
  private final EndpointAddress address;
  private final @Nullable ClientTls tls;
  private final ConnectionListener listener;
  private final Supplier<L> newLink;
  private final Runnable changed;
  private final Backoff backoff = new Backoff();

  private volatile ConnectionState state = ConnectionState.CONNECTING;
  private volatile String cause = "";
  private @Nullable L link;
  private long readySince;

  /** One TCP connection, from connect to close. Confined to its event loop. */
  public interface Link {
    /** What goes into the channel's pipeline. */
    ChannelHandler handler();

    /** Closes the connection, if it was made; the reason is for people. */
    void close(String reason);
  }

  /**
   * A dialer that does nothing before {@link #start}.
   *
   * @param tls encrypts connections; null: plaintext
   * @param listener hears each change of state
   * @param newLink makes the link of the next connection; on the loop
   * @param changed runs after each change of state; on the loop
   */
  public Dialer(
      EventLoops loops,
      EndpointAddress address,
      @Nullable ClientTls tls,
      ConnectionListener listener,
      Supplier<L> newLink,
      Runnable changed) {
    this.loops = loops;
    this.loop = loops.next();
    this.address = address;
    this.tls = tls;
    this.listener = listener;
    this.newLink = newLink;
    this.changed = changed;
  }

  public EventLoop loop() {
    return loop;
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
    loop.execute(this::dial);
  }

  /** The link takes calls. */
  public void ready() {
    readySince = System.nanoTime();
    become(ConnectionState.READY, "");
  }

  /** The link takes no new calls, and the endpoint wants none. */
  public void draining(String reason) {
    become(ConnectionState.DRAINING, reason);
  }

  /**
   * The link takes no new calls but another one may: it is left to its calls, and a new one is
   * dialled beside it, at once unless the link had only just become ready. Calls wait meanwhile.
   */
  public void replace(String reason) {
    boolean hadTime = lifeNanos() > USEFUL_LINK_NANOS;
    noteEnd();
    link = null;
    if (state == ConnectionState.CLOSED) {
      return;
    }
    become(ConnectionState.CONNECTING, reason);
    if (hadTime) {
      dial();
    } else {
      dialLater();
    }
  }

  /** The link is gone, or could not be made. */
  public void lost(String reason) {
    noteEnd();
    link = null;
    if (state == ConnectionState.CLOSED) {
      return;
    }
    become(ConnectionState.UNREACHABLE, reason);
    dialLater();
  }

  /** Closes the link and dials no more. */
  public void close() {
    if (state == ConnectionState.CLOSED) {
      return;
    }
    become(ConnectionState.CLOSED, "closed by us");
    L current = link;
    link = null;
    if (current != null) {
      current.close("connection to " + address.authority() + " closed by us");
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
    return wasReady ? System.nanoTime() - readySince : 0;
  }

  private void dialLater() {
    loop.schedule(this::dial, backoff.nextNanos(), TimeUnit.NANOSECONDS);
  }

  private void dial() {
    assert loop.inEventLoop();
    if (state == ConnectionState.CLOSED) {
      return;
    }
    HostResolver.resolve(address.host(), address.port())
        .whenCompleteAsync(
            (target, failure) -> {
              if (failure != null) {
                lost("host " + address.host() + " is unknown");
              } else {
                connectTo(target);
              }
            },
            loop);
  }

  private void connectTo(InetSocketAddress target) {
    if (state == ConnectionState.CLOSED) {
      return;
    }
    L next = newLink.get();
    link = next;
    bootstrap()
        .handler(encrypted(next.handler()))
        .connect(target)
        .addListener(
            (ChannelFuture future) -> {
              if (!future.isSuccess()) {
                lost(String.valueOf(future.cause().getMessage()));
              } else if (state == ConnectionState.CLOSED) {
                future.channel().close();
              }
            });
  }

  private Bootstrap bootstrap() {
    Bootstrap bootstrap =
        new Bootstrap()
            .group(loop)
            .channel(loops.clientChannel())
            .option(ChannelOption.TCP_NODELAY, true)
            .option(ChannelOption.SO_KEEPALIVE, true)
            .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_TIMEOUT_MILLIS);
    loops.breakUnacknowledged(bootstrap, UNACKNOWLEDGED_MILLIS);
    return bootstrap;
  }

  private ChannelHandler encrypted(ChannelHandler link) {
    return tls == null ? link : tls.around(address.host(), address.port(), link);
  }

  private void become(ConnectionState next, String reason) {
    if (state == next && cause.equals(reason)) {
      return;
    }
    LOG.debug("connection to {} is {} {}", address, next, reason);
    cause = reason;
    state = next;
    try {
      listener.stateChanged(next, reason);
    } catch (RuntimeException | AssertionError e) {
      LOG.error("listener of the connection to {} failed", address.authority(), e);
    }
    changed.run();
  }
}
