package dev.clearspan.rpc.internal.http2;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** A server that reads what has come of each connection, and hangs up. */
final class Sink implements AutoCloseable {
  private final ServerSocket listener;

  Sink() {
    try {
      listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread acceptor = new Thread(this::serve, "sink");
    acceptor.setDaemon(true);
    acceptor.start();
  }

  int port() {
    return listener.getLocalPort();
  }

  private void serve() {
    byte[] taken = new byte[64 * 1024];
    while (!listener.isClosed()) {
      try (Socket connection = listener.accept()) {
        InputStream in = connection.getInputStream();
        for (int read = in.read(taken); read > 0 && in.available() > 0; ) {
          read = in.read(taken);
        }
      } catch (IOException e) {
        // The other side, or this one, has hung up.
      }
    }
  }

  @Override
  public void close() {
    try {
      listener.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
