package dev.clearspan.rpc.interop;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A relay between an HTTP/2 client and a server on this machine, in clear text. It notes the prefix
 * of each gRPC message before it passes it on, so that tests see what is compressed on the wire.
 */
final class WireTap implements AutoCloseable {
  private static final int PREFACE_BYTES = 24;
  private static final int HEADER_BYTES = 9;
  private static final int DATA = 0;

  /** Whether each message so far was compressed, in the order of their prefixes. */
  final List<Boolean> requests = new CopyOnWriteArrayList<>();

  /** The same of replies. */
  final List<Boolean> replies = new CopyOnWriteArrayList<>();

  private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  private final int target;

  /** A relay to this port. */
  WireTap(int target) throws IOException {
    this.target = target;
    start("tap", this::accept);
  }

  int port() {
    return listener.getLocalPort();
  }

  @Override
  public void close() throws IOException {
    listener.close();
    for (Socket socket : sockets) {
      socket.close();
    }
  }

  private void accept() throws IOException {
    while (true) {
      Socket client = listener.accept();
      Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
      sockets.add(client);
      sockets.add(server);
      start("tap to server", () -> relay(client, server, PREFACE_BYTES, requests));
      start("tap to client", () -> relay(server, client, 0, replies));
    }
  }

  private static void relay(Socket from, Socket to, int preface, List<Boolean> notes)
      throws IOException {
    try (from;
        to) {
      DataInputStream in = new DataInputStream(from.getInputStream());
      OutputStream out = to.getOutputStream();
      out.write(in.readNBytes(preface));
      Map<Integer, Prefixes> streams = new HashMap<>();
      while (true) {
        byte[] header = new byte[HEADER_BYTES];
        in.readFully(header);
        int length = (header[0] & 0xff) << 16 | (header[1] & 0xff) << 8 | (header[2] & 0xff);
        byte[] payload = in.readNBytes(length);
        if (header[3] == DATA) {
          int stream = (header[7] & 0xff) << 8 | (header[8] & 0xff);
          streams.computeIfAbsent(stream, id -> new Prefixes(notes)).add(payload);
        }
        out.write(header);
        out.write(payload);
      }
    }
  }

  private static void start(String name, Relaying task) {
    Thread thread =
        new Thread(
            () -> {
              try {
                task.run();
              } catch (EOFException | java.net.SocketException e) {
                // One side has closed its connection.
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            },
            name);
    thread.setDaemon(true);
    thread.start();
  }

  private interface Relaying {
    void run() throws IOException;
  }

  /** Finds the messages' prefixes in the DATA of one stream. */
  private static final class Prefixes {
    private static final int PREFIX_BYTES = 5;

    private final List<Boolean> notes;
    private int prefix;
    private long length;
    private long rest;

    Prefixes(List<Boolean> notes) {
      this.notes = notes;
    }

    void add(byte[] data) {
      for (int at = 0; at < data.length; ) {
        if (rest > 0) {
          int skipped = (int) Math.min(rest, data.length - at);
          rest -= skipped;
          at += skipped;
        } else {
          prefix(data[at++]);
        }
      }
    }

    private void prefix(byte next) {
      if (prefix == 0) {
        notes.add(next == 1);
        length = 0;
      } else {
        length = length << 8 | next & 0xff;
      }
      prefix++;
      if (prefix == PREFIX_BYTES) {
        prefix = 0;
        rest = length;
      }
    }
  }
}
