package dev.clearspan.rpc.internal.http2;

import dev.clearspan.rpc.internal.netty.PeerWatch;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Notices that a server is silent while calls are in flight: one of ours within 1.5 s, any other
 * within 15 s and by no more pings than it puts up with. Loop-confined.
 */
final class ServerWatch {
  private static final int OWN_PING_MILLIS = 500;
  private static final int FOREIGN_PING_MILLIS = 5_000;

  private final Watched watched;
  private final PingAllowance allowance = new PingAllowance();
  private PeerWatch watch;
  private boolean ours;
  private boolean probed;
  private @Nullable ScheduledFuture<?> clock;

  /** The connection that is watched. */
  interface Watched {
    boolean hasCalls();

    void ping(long token);

    void silent();
  }

  /** {@code ours}: the server is known to be a Clearspan server. */
  ServerWatch(boolean ours, Watched watched) {
    this.ours = ours;
    this.watched = watched;
    this.watch = newWatch();
  }

  /** The server sent something. */
  void heard() {
    watch.heard();
  }

  /** The server sent HEADERS or DATA. */
  void replyHeard() {
    allowance.replyHeard();
  }

  /** The server turns out to be ours; says whether that is news. */
  boolean foundOurs() {
    if (ours) {
      return false;
    }
    ours = true;
    watch = newWatch();
    return true;
  }

  /** The server is under suspicion, or no more. */
  void probe(boolean on, EventExecutor loop) {
    probed = on;
    watch.probe(on);
    if (on) {
      begin(loop);
    }
  }

  /** A call is in flight: looks from now on, until there is none. */
  void begin(EventExecutor loop) {
    if (clock == null) {
      watch.begin(System.nanoTime());
      lookLater(loop);
    }
  }

  void stop() {
    if (clock != null) {
      clock.cancel(false);
      clock = null;
    }
  }

  private void lookLater(EventExecutor loop) {
    clock = loop.schedule(() -> look(loop), PeerWatch.LOOK_MILLIS, TimeUnit.MILLISECONDS);
  }

  private void look(EventExecutor loop) {
    clock = null;
    long now = System.nanoTime();
    switch (watch.look(watched.hasCalls(), now)) {
      case PING -> watched.ping(now);
      case SILENT -> watched.silent();
      case NOTHING -> {
        // All is well.
      }
    }
    if (watch.isNeeded(watched.hasCalls())) {
      lookLater(loop);
    }
  }

  private PeerWatch newWatch() {
    PeerWatch fresh =
        ours ? new PeerWatch(OWN_PING_MILLIS) : new PeerWatch(FOREIGN_PING_MILLIS, allowance);
    fresh.probe(probed);
    return fresh;
  }
}
