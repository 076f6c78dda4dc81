package dev.clearspan.rpc.internal.netty;

import dev.clearspan.rpc.Limits;
import io.netty.channel.Channel;
import io.netty.util.AttributeKey;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The open connections of one server. Thread-safe. */
final class ServerConnections {
  private static final Logger LOG = LoggerFactory.getLogger(ServerConnections.class);
  private static final AttributeKey<ScheduledFuture<?>> HANDSHAKE =
      AttributeKey.valueOf(ServerConnections.class, "handshake");

  private final Limits limits;
  private final Set<Channel> channels = ConcurrentHashMap.newKeySet();
  private final Set<ServedConnection> links = ConcurrentHashMap.newKeySet();
  private final LongAdder rejected = new LongAdder();
  private volatile boolean draining;

  ServerConnections(Limits limits) {
    this.limits = limits;
  }

  /** A connection was accepted; false if there are too many, and then it is closed. */
  boolean accept(Channel channel) {
    if (channels.size() >= limits.connections()) {
      rejected.increment();
      channel.close();
      return false;
    }
    channels.add(channel);
    channel.closeFuture().addListener(ignored -> forget(channel));
    long timeout = limits.handshake().toNanos();
    channel
        .attr(HANDSHAKE)
        .set(
            channel
                .eventLoop()
                .schedule(() -> handshakeOverdue(channel), timeout, TimeUnit.NANOSECONDS));
    return true;
  }

  /** The connection has said who it is. */
  void established(Channel channel) {
    ScheduledFuture<?> timer = channel.attr(HANDSHAKE).getAndSet(null);
    if (timer != null) {
      timer.cancel(false);
    }
  }

  void add(ServedConnection link) {
    links.add(link);
  }

  void remove(ServedConnection link) {
    links.remove(link);
  }

  boolean isDraining() {
    return draining;
  }

  int open() {
    return channels.size();
  }

  /** Connections closed at once because there were too many. */
  long rejected() {
    return rejected.sum();
  }

  /** Tells all clients; completes when none of them will be served a further call. */
  CompletableFuture<Void> drain() {
    draining = true;
    return CompletableFuture.allOf(
        links.stream().map(ServedConnection::drain).toArray(CompletableFuture[]::new));
  }

  /** Completes when the clients have closed their connections. */
  CompletableFuture<Void> closedByPeers() {
    return CompletableFuture.allOf(
        links.stream().map(ServedConnection::closed).toArray(CompletableFuture[]::new));
  }

  void closeAll() {
    channels.forEach(Channel::close);
  }

  void note(String what, Throwable why) {
    LOG.debug("{}: {}", what, why.getMessage());
  }

  private void forget(Channel channel) {
    established(channel);
    channels.remove(channel);
  }

  private void handshakeOverdue(Channel channel) {
    LOG.debug("connection of {} said nothing", channel.remoteAddress());
    channel.close();
  }
}
