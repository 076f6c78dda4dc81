package dev.clearspan.rpc.internal.http2;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.DefaultHttp2HeadersDecoder;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Headers;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Predicate;

/** A client that writes HTTP/2 frames as it likes and reads what comes back. */
final class RawHttp2Peer implements AutoCloseable {
  static final int DATA = 0;
  static final int HEADERS = 1;
  static final int RST_STREAM = 3;
  static final int SETTINGS = 4;
  static final int PING = 6;
  static final int GOAWAY = 7;
  static final int CONTINUATION = 9;

  static final int END_STREAM = 1;
  static final int ACK = 1;
  static final int END_HEADERS = 4;

  private static final int PATIENCE_MILLIS = 30_000;
  private static final int FRAME_HEADER = 9;

  private final Socket socket;
  private final DataInputStream in;
  private final OutputStream out;
  private final DefaultHttp2HeadersDecoder headers = new DefaultHttp2HeadersDecoder(false);

  /** A frame that came. */
  record Frame(int type, int flags, int streamId, byte[] payload) {
    /** Of GOAWAY: the error code. */
    int errorCode() {
      return Unpooled.wrappedBuffer(payload).getInt(Integer.BYTES);
    }

    /** Of GOAWAY: the last stream that was or will be served. */
    int lastStream() {
      return Unpooled.wrappedBuffer(payload).getInt(0);
    }

    /** Of GOAWAY: the text. */
    String debugText() {
      return new String(
          payload, 2 * Integer.BYTES, payload.length - 2 * Integer.BYTES, StandardCharsets.UTF_8);
    }

    boolean isEndOfStream() {
      return (flags & END_STREAM) != 0;
    }
  }

  /** Connects and says preface and SETTINGS. */
  RawHttp2Peer(int port) throws IOException {
    socket = new Socket("127.0.0.1", port);
    socket.setSoTimeout(PATIENCE_MILLIS);
    in = new DataInputStream(socket.getInputStream());
    out = socket.getOutputStream();
    out.write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    send(frame(SETTINGS, 0, 0, new byte[0]));
  }

  static byte[] frame(int type, int flags, int streamId, byte[] payload) {
    ByteBuf frame = Unpooled.buffer(FRAME_HEADER + payload.length);
    frame.writeMedium(payload.length).writeByte(type).writeByte(flags).writeInt(streamId);
    frame.writeBytes(payload);
    return frame.array();
  }

  /** HEADERS of a gRPC request and more headers, name and value in turn. */
  static byte[] request(int streamId, int flags, String path, String... more) {
    return headers(
        streamId,
        flags,
        join(
            new String[] {
              ":method",
              "POST",
              ":scheme",
              "http",
              ":path",
              path,
              ":authority",
              "test",
              "te",
              "trailers",
              "content-type",
              "application/grpc"
            },
            more));
  }

  /** HEADERS with these, name and value in turn. */
  static byte[] headers(int streamId, int flags, String... namesAndValues) {
    return frame(HEADERS, flags | END_HEADERS, streamId, block(namesAndValues));
  }

  /** A header block of literals. */
  static byte[] block(String... namesAndValues) {
    ByteBuf block = Unpooled.buffer();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      block.writeByte(0);
      string(block, namesAndValues[i]);
      string(block, namesAndValues[i + 1]);
    }
    byte[] bytes = new byte[block.readableBytes()];
    block.readBytes(bytes);
    return bytes;
  }

  /** DATA with one message. */
  static byte[] message(int streamId, int flags, byte[] bytes) {
    ByteBuf data = Unpooled.buffer().writeByte(0).writeInt(bytes.length).writeBytes(bytes);
    byte[] payload = new byte[data.readableBytes()];
    data.readBytes(payload);
    return frame(DATA, flags, streamId, payload);
  }

  RawHttp2Peer send(byte[]... frames) throws IOException {
    int length = 0;
    for (byte[] each : frames) {
      length += each.length;
    }
    ByteBuf all = Unpooled.buffer(length);
    for (byte[] each : frames) {
      all.writeBytes(each);
    }
    out.write(all.array(), 0, length);
    out.flush();
    return this;
  }

  /** Reads until there is such a frame. */
  Frame await(Predicate<Frame> wanted) throws IOException {
    Frame frame = read();
    while (!wanted.test(frame)) {
      frame = read();
    }
    return frame;
  }

  Frame awaitType(int type) throws IOException {
    return await(frame -> frame.type() == type);
  }

  /** Reads until the stream's next HEADERS. */
  Http2Headers awaitHeaders(int streamId) throws IOException, Http2Exception {
    Frame frame = read();
    while (frame.type() != HEADERS || frame.streamId() != streamId) {
      if (frame.type() == HEADERS) {
        Http2Headers unused = decoded(frame);
      }
      frame = read();
    }
    return decoded(frame);
  }

  /** Reads to the end: true if the server closes the connection. */
  boolean isClosedByServer() throws IOException {
    try {
      while (in.read() >= 0) {}
      return true;
    } catch (SocketException e) {
      return true; // reset, because it had not read all that was sent
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  private Http2Headers decoded(Frame frame) throws Http2Exception {
    return headers.decodeHeaders(frame.streamId(), Unpooled.wrappedBuffer(frame.payload()));
  }

  private Frame read() throws IOException {
    int length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
    int type = in.readUnsignedByte();
    int flags = in.readUnsignedByte();
    int streamId = in.readInt();
    byte[] payload = new byte[length];
    in.readFully(payload);
    return new Frame(type, flags, streamId, payload);
  }

  private static void string(ByteBuf block, String text) {
    int length = text.length();
    if (length < 127) {
      block.writeByte(length);
    } else {
      block.writeByte(127);
      int rest = length - 127;
      while (rest >= 128) {
        block.writeByte(rest % 128 + 128);
        rest /= 128;
      }
      block.writeByte(rest);
    }
    block.writeCharSequence(text, StandardCharsets.ISO_8859_1);
  }

  private static String[] join(String[] first, String[] second) {
    String[] all = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, all, first.length, second.length);
    return all;
  }
}
