package dev.clearspan.rpc.client;

import org.junit.jupiter.api.AfterEach;

/**
 * A channel to several real servers of this process, on a clock that tests move by hand. It opens
 * with the first call: what is registered before that does not start slowly.
 */
abstract class ClusterFixture extends ChannelFixture {
  final Cluster cluster = new Cluster(clock);

  /**
   * Servers count deadlines on the real clock: the channel's begins there and then stands still.
   */
  private final long begin = System.nanoTime();

  @Override
  ChannelBuilder builder() {
    return super.builder().transport(cluster).ticker(() -> begin + clock.nanos());
  }

  @AfterEach
  void stopServers() {
    cluster.close();
  }

  Cluster.Node node(int port) {
    return cluster.node(port);
  }

  int handled(int port) {
    return node(port).handled();
  }

  /** A service's policy in turn, whatever else it says. */
  void inTurn(String parts) {
    policy(
        """
        {"service": {"balancer": {"algorithm": "SMOOTH_WEIGHTED_ROUND_ROBIN"} %s}}
        """
            .formatted(parts.isEmpty() ? "" : ", " + parts));
  }

  /** Calls whose failures are expected. */
  void tryTimes(int times) {
    for (int i = 0; i < times; i++) {
      start(CHARGE).handle((reply, failure) -> reply).join();
    }
  }
}
