package dev.clearspan.chaos.world;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketException;

/** A server in a process of its own, and what can happen to it. Not thread-safe. */
public final class WorkServer implements AutoCloseable {
  private static final int RESET_LIMIT_MILLIS = 10_000;

  private final Place place;
  private final int port;
  private Child child;

  private WorkServer(Place place, int port, Child child) {
    this.place = place;
    this.port = port;
    this.child = child;
  }

  /** Starts it on a free port; returns when it serves. */
  static WorkServer start(Place place) {
    Child child = launch(place, 0);
    return new WorkServer(place, Integer.parseInt(child.said("serving")), child);
  }

  private static Child launch(Place place, int port) {
    return Child.start(WorkServerMain.class, place, place.endpoints(), Integer.toString(port));
  }

  public int port() {
    return port;
  }

  /** Its id in the registry, and its address. */
  public String id() {
    return "127.0.0.1:" + port;
  }

  /** SIGTERM; returns when it has drained and ended. */
  public void stop() throws InterruptedException {
    child.stop();
  }

  /** kill -9; returns when its connections are reset, as a client sees it. */
  public void kill() {
    try (Socket witness = new Socket("127.0.0.1", port)) {
      witness.setSoTimeout(RESET_LIMIT_MILLIS);
      child.kill();
      awaitReset(witness);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void awaitReset(Socket witness) throws IOException {
    try {
      while (witness.getInputStream().read() >= 0) {
        // What it says before it dies is of no interest.
      }
    } catch (SocketException e) {
      // Reset, which is one way of ending.
    }
  }

  /** Starts it again at the same port; returns when it serves. */
  public void restart() {
    child = launch(place, port);
    String unused = child.said("serving");
  }

  /** SIGSTOP: connections stay open and nothing answers. */
  public void freeze() throws InterruptedException {
    child.signal("STOP");
  }

  /** SIGCONT. */
  public void thaw() throws InterruptedException {
    child.signal("CONT");
  }

  @Override
  public void close() {
    child.close();
  }
}
