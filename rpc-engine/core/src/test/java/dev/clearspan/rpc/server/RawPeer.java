package dev.clearspan.rpc.server;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;

/** A plain socket: says whatever bytes a test wants and shows what comes back. */
public final class RawPeer implements AutoCloseable {
  public static final String PREFACE = "c5434c4541520001";
  public static final String EMPTY_HELLO = "00000000" + "01" + "00" + "00000000";

  private final Socket socket;

  public RawPeer(int port) throws IOException {
    this(new Socket(), port);
  }

  private RawPeer(Socket socket, int port) throws IOException {
    this.socket = socket;
    socket.connect(new InetSocketAddress("127.0.0.1", port));
    socket.setSoTimeout(10_000);
    socket.setTcpNoDelay(true);
  }

  /** One whose own buffer is small: what it does not read soon piles up at the server. */
  public static RawPeer slow(int port) throws IOException {
    Socket socket = new Socket();
    socket.setReceiveBufferSize(4096);
    return new RawPeer(socket, port);
  }

  public RawPeer sendHex(String... hex) throws IOException {
    for (String part : hex) {
      socket.getOutputStream().write(HexFormat.of().parseHex(part.replace(" ", "")));
    }
    return this;
  }

  public RawPeer sendText(String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    return this;
  }

  /** Everything until the server closes; fails after 10 s. */
  public String readToEnd() throws IOException {
    return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
  }

  /** Reads until the text has come, and returns all that was read. */
  public String readUntil(String text) throws IOException {
    StringBuilder seen = new StringBuilder();
    InputStream in = socket.getInputStream();
    int next;
    while (seen.indexOf(text) < 0 && (next = in.read()) >= 0) {
      seen.append((char) next);
    }
    return seen.toString();
  }

  public RawPeer timeout(Duration value) throws IOException {
    socket.setSoTimeout((int) value.toMillis());
    return this;
  }

  /** No more bytes from us. */
  public RawPeer finish() throws IOException {
    socket.shutdownOutput();
    return this;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
