package dev.clearspan.examples.demo;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/** Hands out loopback ports, each once. Not thread-safe. */
final class Ports {
  /**
   * Below those that systems give to outgoing connections: a port that is free now is not taken by
   * one of them before the process that it is for has started.
   */
  private static final int LOWEST = 20_000;

  private static final int HIGHEST = 32_000;

  private final Set<Integer> given = new HashSet<>();
  private final boolean preferFree;

  /**
   * A source of ports.
   *
   * @param preferFree true: any free one, so that two runs do not meet; false: the wanted one if it
   *     is free
   */
  Ports(boolean preferFree) {
    this.preferFree = preferFree;
  }

  /** The wanted port, or a free one if it is taken. */
  int take(int wanted) {
    int port = !preferFree && isFree(wanted) && !given.contains(wanted) ? wanted : anyFree();
    given.add(port);
    return port;
  }

  private int anyFree() {
    for (int attempt = 0; attempt < 1_000; attempt++) {
      int port = ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST);
      if (!given.contains(port) && isFree(port)) {
        return port;
      }
    }
    throw new IllegalStateException(
        "ports: none of 1,000 between %d and %d is free (expected: one on the loopback interface)"
            .formatted(LOWEST, HIGHEST));
  }

  static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
