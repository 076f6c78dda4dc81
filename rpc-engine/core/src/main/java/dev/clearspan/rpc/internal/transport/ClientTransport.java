package dev.clearspan.rpc.internal.transport;

import dev.clearspan.rpc.ProcessIdentity;
import dev.clearspan.rpc.ledger.Gauges;
import dev.clearspan.rpc.time.Scheduler;
import java.util.List;

/** Opens connections to endpoints. One per process, shared by its channels. */
public interface ClientTransport extends AutoCloseable {
  /**
   * Opens a connection that connects eagerly and reconnects by itself, with full jitter between 0.1
   * and 10 s, until closed.
   *
   * @param identity who is calling, for HELLO
   * @param listener hears every change of state, in order, on an event loop
   */
  EndpointConnection open(
      EndpointAddress address, ProcessIdentity identity, ConnectionListener listener);

  /** The state of what the transport runs on, for metrics. */
  default List<Gauges.Sample> gauges() {
    return List.of();
  }

  /** Timers on the transport's event loops. */
  Scheduler scheduler();

  @Override
  void close();
}
