package dev.clearspan.rpc.internal.netty;

import dev.clearspan.rpc.Limits;
import dev.clearspan.rpc.Metadata;
import dev.clearspan.rpc.MethodSpec;
import dev.clearspan.rpc.internal.coding.Coding;
import dev.clearspan.rpc.internal.frame.Compressed;
import dev.clearspan.rpc.internal.frame.ControlFrames;
import dev.clearspan.rpc.internal.frame.FrameDecoder;
import dev.clearspan.rpc.internal.frame.FrameHeader;
import dev.clearspan.rpc.internal.frame.FrameSink;
import dev.clearspan.rpc.internal.frame.FrameType;
import dev.clearspan.rpc.internal.frame.GoAway;
import dev.clearspan.rpc.internal.frame.Hello;
import dev.clearspan.rpc.internal.frame.MethodName;
import dev.clearspan.rpc.internal.frame.Preface;
import dev.clearspan.rpc.internal.frame.RequestHead;
import dev.clearspan.rpc.internal.frame.ResponseHead;
import dev.clearspan.rpc.internal.frame.StreamFrames;
import dev.clearspan.rpc.internal.frame.StreamWindows;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A client that says whatever frames a test wants, when it wants, and reads one frame at a time.
 */
final class StreamPeer implements AutoCloseable, FrameSink {
  private static final long TEN_SECONDS = 10_000_000_000L;

  private final Socket socket;
  private final FrameDecoder decoder = new FrameDecoder(this, Limits.DEFAULT);
  private final ByteBuf pending = Unpooled.buffer();
  private final Deque<Frame> frames = new ArrayDeque<>();
  private int methods;

  record Frame(int type, int flags, int streamId, byte[] payload) {
    boolean isLastPiece() {
      return type == FrameType.DATA && (flags & StreamFrames.LAST) != 0;
    }

    ResponseHead response() {
      return ResponseHead.read(Unpooled.wrappedBuffer(payload), flags, Limits.DEFAULT);
    }

    /** What stands behind the head of a RESPONSE. */
    byte[] message() {
      ByteBuf in = Unpooled.wrappedBuffer(payload);
      ResponseHead unused = ResponseHead.read(in, flags, Limits.DEFAULT);
      return ByteBufUtil.getBytes(in);
    }
  }

  /** Connected, with the greeting of a client whose streams begin with this credit. */
  StreamPeer(int port, StreamWindows windows) throws IOException {
    this(port, new Hello("peer", "p", "n", 4 << 20, 100, 200, windows));
  }

  /** Connected, with this greeting. */
  StreamPeer(int port, Hello greeting) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(15_000);
    socket.setTcpNoDelay(true);
    send(Preface::write);
    send(greeting::write);
    Frame hello = next();
    if (hello.type() != FrameType.HELLO) {
      throw new AssertionError("first frame: " + hello);
    }
  }

  /** Opens a stream of the method, with a deadline of 10 s. */
  StreamPeer open(int streamId, MethodSpec<?, ?> method) throws IOException {
    int id = ++methods;
    send(new MethodName(id, method.fullName(), method.requestCodec().name())::write);
    RequestHead head = new RequestHead(id, 1, TEN_SECONDS, null, Metadata.EMPTY);
    return send(
        out -> {
          int start = out.writerIndex();
          head.writeOpening(out, method.shape());
          RequestHead.complete(
              out.slice(start, out.writerIndex() - start), streamId, id, TEN_SECONDS);
        });
  }

  StreamPeer data(int streamId, String piece, boolean last) throws IOException {
    return data(streamId, piece, last ? StreamFrames.LAST : 0);
  }

  StreamPeer data(int streamId, String piece, int flags) throws IOException {
    byte[] bytes = piece.getBytes(StandardCharsets.UTF_8);
    return send(
        out -> {
          FrameHeader.write(out, bytes.length, FrameType.DATA, flags, streamId);
          out.writeBytes(bytes);
        });
  }

  /** A whole message in this coding. */
  StreamPeer packed(int streamId, Coding coding, byte[] message) throws IOException {
    ByteBuf frame = Unpooled.buffer().writeZero(FrameHeader.LENGTH);
    coding.deflate(Unpooled.wrappedBuffer(message), frame);
    Compressed.mark(frame, coding);
    StreamFrames.completeData(frame, streamId);
    return send(out -> out.writeBytes(frame));
  }

  StreamPeer end(int streamId) throws IOException {
    return send(out -> StreamFrames.writeEnd(out, streamId));
  }

  StreamPeer window(int streamId, int increment) throws IOException {
    return send(out -> StreamFrames.writeWindow(out, streamId, increment));
  }

  StreamPeer cancel(int streamId) throws IOException {
    return send(out -> ControlFrames.writeCancel(out, streamId));
  }

  StreamPeer send(Consumer<ByteBuf> frame) throws IOException {
    ByteBuf out = Unpooled.buffer();
    frame.accept(out);
    socket.getOutputStream().write(ByteBufUtil.getBytes(out));
    return this;
  }

  /** The next frame; fails after 15 s, and at the end of the connection. */
  Frame next() throws IOException {
    Frame frame = nextOrNull();
    if (frame == null) {
      throw new AssertionError("the server closed the connection");
    }
    return frame;
  }

  /** All frames that the server sends before it answers a PING: it has nothing else to say now. */
  List<Frame> untilQuiet() throws IOException {
    send(out -> ControlFrames.writePing(out, 7));
    List<Frame> found = new ArrayList<>();
    Frame frame;
    while ((frame = next()).type() != FrameType.PONG) {
      found.add(frame);
    }
    return found;
  }

  /** Reads up to a frame of this type. */
  Frame next(int type) throws IOException {
    Frame frame = next();
    while (frame.type() != type) {
      frame = next();
    }
    return frame;
  }

  /** Why the server ended the connection. */
  String goAway() throws IOException {
    Frame frame = next(FrameType.GOAWAY);
    GoAway said = GoAway.read(Unpooled.wrappedBuffer(frame.payload()));
    if (nextOrNull() != null) {
      throw new AssertionError("a frame after GOAWAY (expected: the end)");
    }
    return said.reason() + " " + said.text();
  }

  @Override
  public void preface(int version) {}

  @Override
  public void frame(int type, int flags, int streamId, ByteBuf payload) {
    frames.add(new Frame(type, flags, streamId, ByteBufUtil.getBytes(payload)));
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  private @Nullable Frame nextOrNull() throws IOException {
    byte[] buffer = new byte[1 << 16];
    while (frames.isEmpty()) {
      int read = socket.getInputStream().read(buffer);
      if (read < 0) {
        return null;
      }
      pending.discardReadBytes();
      pending.writeBytes(buffer, 0, read);
      decoder.decode(pending);
    }
    return frames.remove();
  }
}
