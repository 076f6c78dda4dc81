package dev.clearspan.rpc.internal.http2;

import dev.clearspan.rpc.Limits;
import dev.clearspan.rpc.ProcessIdentity;
import dev.clearspan.rpc.internal.netty.ConnectionGroup;
import dev.clearspan.rpc.internal.netty.Connector;
import dev.clearspan.rpc.internal.netty.EventLoops;
import dev.clearspan.rpc.internal.netty.LoopScheduler;
import dev.clearspan.rpc.internal.tls.ClientTls;
import dev.clearspan.rpc.internal.transport.ClientTransport;
import dev.clearspan.rpc.internal.transport.ConnectionListener;
import dev.clearspan.rpc.internal.transport.EndpointAddress;
import dev.clearspan.rpc.internal.transport.EndpointConnection;
import dev.clearspan.rpc.time.Scheduler;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Connections to gRPC servers, ours or anyone's, on the process' shared event loops. Thread-safe;
 * closing it closes the connections it opened.
 */
public final class GrpcTransport implements ClientTransport {
  private final EventLoops loops = EventLoops.shared();
  private final Scheduler scheduler = new LoopScheduler(loops);
  private final Set<ConnectionGroup> groups = ConcurrentHashMap.newKeySet();
  private final Limits limits;
  private final @Nullable ClientTls tls;
  private final boolean healthChecks;

  /**
   * A transport that encrypts if it is told how; closes what it is told.
   *
   * @param healthChecks whether foreign servers are asked for their health
   */
  public GrpcTransport(Limits limits, @Nullable ClientTls tls, boolean healthChecks) {
    this.limits = limits;
    this.tls = tls;
    this.healthChecks = healthChecks;
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
                new GrpcConnection(
                    new Connector(loops, loop, address, tls),
                    address,
                    identity,
                    limits,
                    healthChecks,
                    owner),
            false,
            ConnectionGroup.IDLE,
            listener,
            groups::remove);
    groups.add(group);
    group.start();
    return group;
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
