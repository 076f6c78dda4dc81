package dev.clearspan.rpc.internal.netty;

import dev.clearspan.rpc.internal.frame.Hello;
import dev.clearspan.rpc.internal.frame.Preface;
import dev.clearspan.rpc.internal.frame.StreamWindows;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Greets like a server and then says nothing more, as a stopped process does. */
final class SilentServer implements AutoCloseable {
  private final ServerSocket socket;
  private final List<Socket> accepted = new CopyOnWriteArrayList<>();
  private final byte[] greeting;

  private SilentServer(byte[] greeting) throws IOException {
    this.greeting = greeting;
    this.socket = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    Thread acceptor = new Thread(this::acceptAll, "silent-server");
    acceptor.setDaemon(true);
    acceptor.start();
  }

  static SilentServer afterHello() throws IOException {
    ByteBuf out = Unpooled.buffer();
    Preface.write(out);
    new Hello("silent", "i", "n", 1 << 20, 100, 100, StreamWindows.NONE).write(out);
    return new SilentServer(ByteBufUtil.getBytes(out));
  }

  static SilentServer saying(byte[] greeting) throws IOException {
    return new SilentServer(greeting);
  }

  int port() {
    return socket.getLocalPort();
  }

  /** Resets all connections. */
  void reset() throws IOException {
    for (Socket each : accepted) {
      if (!each.isClosed()) {
        each.setSoLinger(true, 0);
        each.close();
      }
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
    reset();
  }

  private void acceptAll() {
    try {
      while (!socket.isClosed()) {
        Socket next = socket.accept();
        accepted.add(next);
        next.getOutputStream().write(greeting);
      }
    } catch (IOException e) {
      if (!socket.isClosed()) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
