package dev.clearspan.rpc.internal.inprocess;

import dev.clearspan.rpc.ProcessIdentity;
import dev.clearspan.rpc.internal.SharedTransport;
import dev.clearspan.rpc.internal.transport.ClientTransport;
import dev.clearspan.rpc.internal.transport.ConnectionListener;
import dev.clearspan.rpc.internal.transport.ConnectionState;
import dev.clearspan.rpc.internal.transport.EndpointAddress;
import dev.clearspan.rpc.internal.transport.EndpointConnection;
import dev.clearspan.rpc.server.ServerScope;
import dev.clearspan.rpc.time.Scheduler;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Connections to one server of this process, whatever their address says. Thread-safe. */
public final class InProcessTransport implements ClientTransport {
  private final ServerScope server;
  private final Set<InProcessConnection> connections = ConcurrentHashMap.newKeySet();
  private volatile ConnectionState serving = ConnectionState.READY;

  public InProcessTransport(ServerScope server) {
    this.server = server;
  }

  @Override
  public EndpointConnection open(
      EndpointAddress address, ProcessIdentity identity, ConnectionListener listener) {
    InProcessConnection connection =
        new InProcessConnection(
            server, identity.service(), scheduler(), listener, connections::remove);
    connections.add(connection);
    connection.become(serving, serving == ConnectionState.READY ? "" : "the server is stopping");
    return connection;
  }

  @Override
  public Scheduler scheduler() {
    return SharedTransport.get().scheduler();
  }

  /** The server takes no more calls; those in flight go on. */
  public void drain() {
    serving = ConnectionState.DRAINING;
    connections.forEach(each -> each.become(ConnectionState.DRAINING, "the server is draining"));
  }

  /** The server has stopped. */
  public void stop() {
    serving = ConnectionState.UNREACHABLE;
    connections.forEach(InProcessConnection::lost);
  }

  @Override
  public void close() {
    connections.forEach(InProcessConnection::close);
  }
}
