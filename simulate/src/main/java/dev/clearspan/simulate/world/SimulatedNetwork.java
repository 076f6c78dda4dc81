package dev.clearspan.simulate.world;

import dev.clearspan.rpc.network.Line;
import dev.clearspan.rpc.network.Network;
import java.util.HashMap;
import java.util.Map;
import java.util.random.RandomGenerator;

/** A data centre's network: 0.2 to 0.3 ms each way, nothing lost. */
final class SimulatedNetwork implements Network {
  private static final long LEAST_NANOS = 200_000;
  private static final long SPREAD_NANOS = 100_000;
  private static final int TRIPS_TO_CONNECT = 4;

  private final VirtualTime time;
  private final RandomGenerator random;
  private final Map<String, SimulatedServer> servers = new HashMap<>();

  SimulatedNetwork(VirtualTime time, RandomGenerator random) {
    this.time = time;
    this.random = random;
  }

  void attach(SimulatedServer server) {
    servers.put(server.host(), server);
  }

  /** Before time begins all are connected at once; later it takes its time. */
  @Override
  public Line open(String host, int port, Line.Listener listener) {
    SimulatedServer server = servers.get(host);
    if (server == null) {
      throw new IllegalArgumentException("host: " + host + " (expected: a simulated server)");
    }
    SimulatedLine line = new SimulatedLine(this, server, listener);
    if (time.nanos() == 0) {
      line.connect();
    } else {
      time.after(TRIPS_TO_CONNECT * delayNanos(), line::connect);
    }
    return line;
  }

  void carry(Visit visit) {
    time.after(delayNanos(), visit);
  }

  void tell(Runnable news) {
    time.after(delayNanos(), news);
  }

  long now() {
    return time.nanos();
  }

  private long delayNanos() {
    return LEAST_NANOS + random.nextLong(SPREAD_NANOS);
  }
}
