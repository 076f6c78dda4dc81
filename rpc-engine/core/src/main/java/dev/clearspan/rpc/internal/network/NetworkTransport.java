package dev.clearspan.rpc.internal.network;

import dev.clearspan.rpc.ProcessIdentity;
import dev.clearspan.rpc.internal.transport.ClientTransport;
import dev.clearspan.rpc.internal.transport.ConnectionListener;
import dev.clearspan.rpc.internal.transport.EndpointAddress;
import dev.clearspan.rpc.internal.transport.EndpointConnection;
import dev.clearspan.rpc.network.Network;
import dev.clearspan.rpc.time.Scheduler;

/** Opens connections on a given network. */
public record NetworkTransport(Network network, Scheduler scheduler) implements ClientTransport {
  @Override
  public EndpointConnection open(
      EndpointAddress address, ProcessIdentity identity, ConnectionListener listener) {
    NetworkConnection connection = new NetworkConnection(listener);
    connection.on(network.open(address.host(), address.port(), connection));
    return connection;
  }

  /** The network is its owner's. */
  @Override
  public void close() {}
}
