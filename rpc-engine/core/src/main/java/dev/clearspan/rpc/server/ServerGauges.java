package dev.clearspan.rpc.server;

import dev.clearspan.rpc.ledger.Gauges;
import java.util.List;
import java.util.Map;
import java.util.function.IntSupplier;

/** The state of a server that its metrics page shows. */
public final class ServerGauges {
  private ServerGauges() {}

  /** Registers the source; the handle removes it. */
  public static AutoCloseable register(ServerScope scope, IntSupplier connections) {
    return scope.ledger().gauges().register(() -> read(scope, connections));
  }

  private static List<Gauges.Sample> read(ServerScope scope, IntSupplier connections) {
    return List.of(
        gauge("clearspan.server.call.active", scope.gate().inFlight()),
        gauge("clearspan.server.queue.chunks", scope.dispatcher().queued()),
        gauge("clearspan.server.connection.open", connections.getAsInt()),
        new Gauges.Sample("clearspan.server.call.refused", scope.gate().refused(), Map.of(), true));
  }

  private static Gauges.Sample gauge(String name, int value) {
    return new Gauges.Sample(name, value, Map.of(), false);
  }
}
