package dev.clearspan.examples.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.HashSet;
import java.util.Set;

/** Hands out loopback ports, each once. Not thread-safe. */
final class Ports {
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
    for (int attempt = 0; attempt < 100; attempt++) {
      try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
        if (!given.contains(socket.getLocalPort())) {
          return socket.getLocalPort();
        }
      } catch (IOException e) {
        throw new UncheckedIOException("no free port on the loopback interface", e);
      }
    }
    throw new IllegalStateException("ports: the same ones again and again (expected: a free one)");
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
