package dev.clearspan.rpc.internal.netty;

import dev.clearspan.rpc.Compression;
import dev.clearspan.rpc.Limits;
import dev.clearspan.rpc.time.Ticker;
import io.netty.channel.Channel;
import io.netty.util.AttributeKey;
import io.netty.util.concurrent.ScheduledFuture;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The open connections of one server. Thread-safe. */
final class ServerConnections {
  private static final Logger LOG = LoggerFactory.getLogger(ServerConnections.class);
  private static final AttributeKey<ScheduledFuture<?>> HANDSHAKE =
      AttributeKey.valueOf(ServerConnections.class, "handshake");

  private final Limits limits;
  private final Compression compression;
  private final Set<Channel> channels = ConcurrentHashMap.newKeySet();
  private final Set<ServedConnection> links = ConcurrentHashMap.newKeySet();
  private final ArrivalRate arrivals;
  private final Map<InetAddress, Integer> perAddress = new ConcurrentHashMap<>();
  private final ConnectionCounters counters = new ConnectionCounters();
  private volatile boolean draining;

  ServerConnections(Limits limits) {
    this(limits, Compression.NONE);
  }

  /** {@code compression} says how replies are packed for clients that accept it. */
  ServerConnections(Limits limits, Compression compression) {
    this.limits = limits;
    this.compression = compression;
    this.arrivals = new ArrivalRate(limits.newConnectionsPerAddress(), Ticker.SYSTEM);
  }

  Compression compression() {
    return compression;
  }

  /** A connection was accepted; false if there are too many, and then it is closed. */
  boolean accept(Channel channel) {
    InetAddress address = addressOf(channel);
    if (!arrivals.admits(address)) {
      String text = "more than " + limits.newConnectionsPerAddress() + " a second of its address";
      refuse(channel, ClosedBecause.TOO_FAST_FROM_ADDRESS, text);
      return false;
    }
    if (channels.size() >= limits.connections()) {
      refuse(channel, ClosedBecause.TOO_MANY, limits.connections() + " connections are open");
      return false;
    }
    if (perAddress.merge(address, 1, Integer::sum) > limits.connectionsPerAddress()) {
      leave(address);
      String text = limits.connectionsPerAddress() + " connections of its address are open";
      refuse(channel, ClosedBecause.TOO_MANY_FROM_ADDRESS, text);
      return false;
    }
    channels.add(channel);
    channel.closeFuture().addListener(ignored -> forget(channel, address));
    channel.pipeline().addLast(new ConnectionWatch(counters, limits));
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

  ConnectionCounters counters() {
    return counters;
  }

  /** Tells all clients; completes when none of them will be served a further call. */
  CompletableFuture<Void> drain() {
    draining = true;
    return CompletableFuture.allOf(
        links.stream().map(ServedConnection::drain).toArray(CompletableFuture[]::new));
  }

  /**
   * Completes when the clients have closed their connections, those included that have not said yet
   * who they are: they may bring calls, which are to be refused and not cut off.
   */
  CompletableFuture<Void> closedByPeers() {
    return CompletableFuture.allOf(
        Stream.concat(
                links.stream().map(ServedConnection::closed),
                channels.stream()
                    .filter(channel -> channel.attr(HANDSHAKE).get() != null)
                    .map(ServerConnections::closed))
            .toArray(CompletableFuture[]::new));
  }

  private static CompletableFuture<Void> closed(Channel channel) {
    CompletableFuture<Void> closed = new CompletableFuture<>();
    channel.closeFuture().addListener(ignored -> closed.complete(null));
    return closed;
  }

  void closeAll() {
    channels.forEach(Channel::close);
  }

  void note(String what, Throwable why) {
    LOG.debug("{}: {}", what, why.getMessage());
  }

  private void forget(Channel channel, InetAddress address) {
    established(channel);
    channels.remove(channel);
    leave(address);
  }

  private void leave(InetAddress address) {
    perAddress.computeIfPresent(address, (key, count) -> count == 1 ? null : count - 1);
  }

  private void refuse(Channel channel, ClosedBecause reason, String text) {
    counters.closed(
        reason, "connection of " + Addresses.text(channel.remoteAddress()) + " refused: " + text);
    channel.close();
  }

  private void handshakeOverdue(Channel channel) {
    counters.closed(
        ClosedBecause.HANDSHAKE,
        "connection of %s is closed: no complete frame or request within %s"
            .formatted(Addresses.text(channel.remoteAddress()), limits.handshake()));
    channel.close();
  }

  private static InetAddress addressOf(Channel channel) {
    return channel.remoteAddress() instanceof InetSocketAddress remote
        ? remote.getAddress()
        : InetAddress.getLoopbackAddress(); // It is gone already.
  }
}
