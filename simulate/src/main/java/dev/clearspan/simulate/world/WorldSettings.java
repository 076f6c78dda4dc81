package dev.clearspan.simulate.world;

import dev.clearspan.protocol.Policy;

/**
 * What a world is like when it begins.
 *
 * @param clients channels, each with endpoints, breakers and budget of its own
 * @param callsPerSecond of all clients together
 * @param seconds of virtual time
 * @param policy the callers' policy; what it leaves out has its default
 * @param seed of all chance
 */
public record WorldSettings(
    int clients,
    int servers,
    ServerSettings server,
    double callsPerSecond,
    int seconds,
    Policy policy,
    long seed) {

  /** Calls a second that all servers together can finish. */
  public double capacity() {
    return servers * server.capacity();
  }
}
