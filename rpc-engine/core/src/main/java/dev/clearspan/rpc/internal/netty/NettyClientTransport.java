package dev.clearspan.rpc.internal.netty;

import dev.clearspan.rpc.Limits;
import dev.clearspan.rpc.ProcessIdentity;
import dev.clearspan.rpc.internal.tls.ClientTls;
import dev.clearspan.rpc.internal.transport.ClientTransport;
import dev.clearspan.rpc.internal.transport.ConnectionListener;
import dev.clearspan.rpc.internal.transport.EndpointAddress;
import dev.clearspan.rpc.internal.transport.EndpointConnection;
import dev.clearspan.rpc.ledger.Gauges;
import dev.clearspan.rpc.time.Scheduler;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Connections to servers in Clearspan frames, on the process' shared event loops. Thread-safe;
 * closing it closes the connections it opened.
 */
public final class NettyClientTransport implements ClientTransport {
  private final EventLoops loops = EventLoops.shared();
  private final Scheduler scheduler = new LoopScheduler(loops);
  private final Set<ConnectionGroup> groups = ConcurrentHashMap.newKeySet();
  private final Limits limits;
  private final @Nullable ClientTls tls;
  private final Duration idle;

  /** A transport without encryption. */
  public NettyClientTransport(Limits limits) {
    this(limits, null);
  }

  /** A transport that encrypts if it is told how; closes what it is told. */
  public NettyClientTransport(Limits limits, @Nullable ClientTls tls) {
    this(limits, tls, ConnectionGroup.IDLE);
  }

  /** A transport that closes connections it does not need after so much time without calls. */
  NettyClientTransport(Limits limits, @Nullable ClientTls tls, Duration idle) {
    this.limits = limits;
    this.tls = tls;
    this.idle = idle;
  }

  /** A transport with {@link Limits#DEFAULT}. */
  public static NettyClientTransport create() {
    return new NettyClientTransport(Limits.DEFAULT);
  }

  @Override
  public EndpointConnection open(
      EndpointAddress address, ProcessIdentity identity, ConnectionListener listener) {
    ConnectionGroup group =
        new ConnectionGroup(
            loops,
            address,
            limits,
            (loop, owner) ->
                new ClientConnection(
                    new Connector(loops, loop, address, tls), address, identity, limits, owner),
            true,
            idle,
            listener,
            groups::remove);
    groups.add(group);
    group.start();
    return group;
  }

  @Override
  public List<Gauges.Sample> gauges() {
    return loops.gauges();
  }

  @Override
  public Scheduler scheduler() {
    return scheduler;
  }

  @Override
  public void close() {
    groups.forEach(ConnectionGroup::close);
    if (tls != null) {
      tls.close();
    }
  }
}
