package dev.clearspan.etcd;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/**
 * Forwards TCP connections to a local port, until it is cut or stalled. Cut, it resets connections
 * and refuses new ones; stalled, it accepts everything and forwards nothing.
 */
final class TcpProxy implements AutoCloseable {
  private final ServerSocket server;
  private final int target;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final Object flow = new Object();
  private volatile boolean cut;
  private boolean stalled;
  private volatile long delayNanos;

  TcpProxy(int target) {
    this.target = target;
    try {
      server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    spawn(this::accept);
  }

  int port() {
    return server.getLocalPort();
  }

  /** Resets all connections and refuses new ones. */
  void cut() {
    cut = true;
    synchronized (flow) {
      flow.notifyAll();
    }
    open.forEach(TcpProxy::abandon);
  }

  /** Keeps connections open but forwards nothing. */
  void stall() {
    synchronized (flow) {
      stalled = true;
    }
  }

  /** Holds whatever comes for this long, each way; what comes meanwhile waits its turn. */
  void slow(Duration delay) {
    delayNanos = delay.toNanos();
  }

  void heal() {
    cut = false;
    delayNanos = 0;
    synchronized (flow) {
      stalled = false;
      flow.notifyAll();
    }
  }

  @Override
  public void close() {
    cut();
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket client = server.accept();
        if (cut) {
          abandon(client);
        } else {
          forward(client);
        }
      } catch (IOException e) {
        // The proxy was closed, or one connection failed; the test sees what its client makes of
        // it.
      }
    }
  }

  private void forward(Socket client) throws IOException {
    Socket upstream = new Socket();
    open.add(client);
    open.add(upstream);
    try {
      upstream.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), target));
    } catch (IOException e) {
      abandon(client);
      throw e;
    }
    spawn(() -> copy(client, upstream));
    spawn(() -> copy(upstream, client));
  }

  private void copy(Socket from, Socket to) {
    byte[] buffer = new byte[16 * 1024];
    try (from;
        to) {
      InputStream in = from.getInputStream();
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        LockSupport.parkNanos(delayNanos);
        awaitFlow();
        to.getOutputStream().write(buffer, 0, read);
      }
    } catch (IOException e) {
      // One side is gone; closing both tells the other.
    } finally {
      open.remove(from);
      open.remove(to);
    }
  }

  private void awaitFlow() throws IOException {
    synchronized (flow) {
      try {
        while (stalled && !cut) {
          flow.wait();
        }
      } catch (InterruptedException e) {
        throw new IOException(e);
      }
    }
  }

  private static void abandon(Socket socket) {
    try {
      socket.setSoLinger(true, 0);
      socket.close();
    } catch (IOException e) {
      // It was closed already.
    }
  }

  private static void spawn(Runnable task) {
    Thread thread = new Thread(task, "tcp-proxy");
    thread.setDaemon(true);
    thread.start();
  }
}
