package dev.clearspan.rpc.internal.netty;

import dev.clearspan.rpc.Limits;
import dev.clearspan.rpc.ProcessIdentity;
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
 * Connections to servers in Clearspan frames, on the process' shared event loops. Thread-safe;
 * closing it closes the connections it opened.
 */
public final class NettyClientTransport implements ClientTransport {
  private final EventLoops loops = EventLoops.shared();
  private final Scheduler scheduler = new LoopScheduler(loops);
  private final Set<ClientConnection> connections = ConcurrentHashMap.newKeySet();
  private final Limits limits;
  private final @Nullable ClientTls tls;

  /** A transport without encryption. */
  public NettyClientTransport(Limits limits) {
    this(limits, null);
  }

  /** A transport that encrypts if it is told how; closes what it is told. */
  public NettyClientTransport(Limits limits, @Nullable ClientTls tls) {
    this.limits = limits;
    this.tls = tls;
  }

  /** A transport with {@link Limits#DEFAULT}. */
  public static NettyClientTransport create() {
    return new NettyClientTransport(Limits.DEFAULT);
  }

  @Override
  public EndpointConnection open(
      EndpointAddress address, ProcessIdentity identity, ConnectionListener listener) {
    ClientConnection connection =
        new ClientConnection(loops, address, identity, limits, tls, listener, connections::remove);
    connections.add(connection);
    connection.start();
    return connection;
  }

  @Override
  public Scheduler scheduler() {
    return scheduler;
  }

  @Override
  public void close() {
    connections.forEach(ClientConnection::close);
    if (tls != null) {
      tls.close();
    }
  }
}
