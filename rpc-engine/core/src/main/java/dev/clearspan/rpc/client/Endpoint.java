package dev.clearspan.rpc.client;

import dev.clearspan.protocol.Instance;
import dev.clearspan.rpc.balance.AdaptiveFactor;
import dev.clearspan.rpc.balance.LoadMeter;
import dev.clearspan.rpc.breaker.BreakerSettings;
import dev.clearspan.rpc.breaker.SlidingWindowBreaker;
import dev.clearspan.rpc.internal.transport.ConnectionState;
import dev.clearspan.rpc.internal.transport.EndpointAddress;
import dev.clearspan.rpc.internal.transport.EndpointConnection;
import dev.clearspan.rpc.ledger.Callee;
import dev.clearspan.rpc.outlier.WatchedInstance;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One incarnation of one instance, with what this process has learned about it: its connection, its
 * load, its breakers. Lives across snapshots, until the instance goes or restarts.
 *
 * <p>The fields of {@link Condition} are guarded by the directory's lock; the rest is thread-safe.
 */
final class Endpoint implements Callee {
  private final String id;
  private final EndpointAddress address;
  private final String authority;
  private final EndpointConnection connection;
  private final LoadMeter load = new LoadMeter(() -> connection().loadReport());
  private final WatchedInstance watched;
  private final Map<String, SlidingWindowBreaker> breakers = new ConcurrentHashMap<>();
  private final Condition condition;
  private volatile boolean retired;

  /** What the directory knows of an endpoint now. */
  static final class Condition {
    Instance instance;
    boolean suspect;

    /** Since when its server says that it does not serve; null: it does. */
    @Nullable Instant notServingSince;

    ConnectionState state = ConnectionState.CONNECTING;
    String cause = "";
    @Nullable Instant unreachableSince;

    /** Whether it came after the channel's first snapshot, and so starts slowly. */
    final boolean newcomer;

    /** When it first became READY, on the ticker; null: not yet. */
    @Nullable Long readyNanos;

    /** The part of it that is this client's. */
    double share = 1;

    final AdaptiveFactor adaptive;

    Condition(Instance instance, boolean newcomer, long nowNanos) {
      this.instance = instance;
      this.newcomer = newcomer;
      this.adaptive = new AdaptiveFactor(nowNanos);
    }

    /** Since when it cannot be used, be it by its connection or by its own word; null: it can. */
    @Nullable Instant outSince() {
      return unreachableSince != null ? unreachableSince : notServingSince;
    }

    /** Why it cannot be used, or is not READY. */
    String outCause() {
      return unreachableSince == null && notServingSince != null ? Verdict.NOT_SERVING : cause;
    }
  }

  Endpoint(
      EndpointAddress address,
      Condition condition,
      WatchedInstance watched,
      Function<Endpoint, EndpointConnection> open) {
    this.id = condition.instance.getInstanceId();
    this.address = address;
    this.authority = address.authority();
    this.condition = condition;
    this.watched = watched;
    this.connection = open.apply(this);
  }

  String id() {
    return id;
  }

  EndpointAddress address() {
    return address;
  }

  /** "host:port". */
  String authority() {
    return authority;
  }

  EndpointConnection connection() {
    return connection;
  }

  @Override
  public boolean canCollect() {
    return connection.canCollect();
  }

  @Override
  public boolean collect(long[] traceIds) {
    return connection.collect(traceIds);
  }

  LoadMeter load() {
    return load;
  }

  /** Whether it does worse than the others. */
  WatchedInstance watched() {
    return watched;
  }

  Condition condition() {
    return condition;
  }

  boolean isSameAs(Instance instance) {
    return address.incarnation().equals(instance.getIncarnation())
        && address.host().equals(instance.getHost())
        && address.port() == instance.getPort();
  }

  /** By method. */
  Map<String, SlidingWindowBreaker> breakers() {
    return breakers;
  }

  /** The method's breaker; a new, closed one if there is none with these settings. */
  SlidingWindowBreaker breaker(
      String method,
      BreakerSettings settings,
      Function<BreakerSettings, SlidingWindowBreaker> make) {
    return breakers.compute(
        method,
        (key, known) ->
            known != null && known.settings().equals(settings) ? known : make.apply(settings));
  }

  /** An attempt is over; a retired endpoint closes with its last one. */
  void attemptEnded() {
    if (retired && load.outstanding() == 0) {
      connection.close();
    }
  }

  /** Nothing new goes here; the connection closes when what is in flight is over. */
  void retire() {
    retired = true;
    attemptEnded();
  }
}
