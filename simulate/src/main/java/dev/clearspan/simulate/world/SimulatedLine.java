package dev.clearspan.simulate.world;

import dev.clearspan.rpc.network.Exchange;
import dev.clearspan.rpc.network.Line;
import dev.clearspan.rpc.network.Line.Listener;

/**
 * A client's line to one incarnation of a server. It ends with it: what comes after is another
 * instance to the registry, and gets a line of its own.
 */
final class SimulatedLine implements Line {
  private final SimulatedNetwork network;
  private final SimulatedServer server;
  private final Listener listener;
  private boolean closed;

  SimulatedLine(SimulatedNetwork network, SimulatedServer server, Listener listener) {
    this.network = network;
    this.server = server;
    this.listener = listener;
  }

  /** The handshake is over. */
  void connect() {
    if (closed) {
      return;
    }
    if (server.state() == SimulatedServer.State.UP) {
      server.connected(this);
      listener.ready();
    } else {
      unreachable("connection refused");
    }
  }

  @Override
  public void send(Exchange exchange) {
    carry(new Visit(server, this, exchange));
  }

  /** The server looks at the exchange itself before it runs it. */
  @Override
  public void cancel(Exchange exchange) {}

  @Override
  public void close() {
    closed = true;
    server.disconnected(this);
  }

  /** Takes it to the other side. */
  void carry(Visit visit) {
    network.carry(visit);
  }

  long now() {
    return network.now();
  }

  void draining(String cause) {
    network.tell(() -> listener.draining(cause));
  }

  void unreachable(String cause) {
    network.tell(() -> listener.unreachable(cause));
  }
}
