package dev.clearspan.rpc.internal.frame;

import dev.clearspan.rpc.Limit;
import dev.clearspan.rpc.Limits;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.List;

/**
 * Any bytes after a preface, read as frames and each frame by its type: a protocol error is the
 * only way to fail, and how the bytes were cut makes no difference.
 */
public final class FramesFuzz {
  private static final Limits LIMITS = Limits.DEFAULT.with(Limit.MESSAGE_BYTES, 64 * 1024);

  private FramesFuzz() {}

  /** Called by the fuzzer before it begins: classes are loaded outside of its time. */
  public static void fuzzerInitialize() {
    fuzzerTestOneInput(new byte[Long.BYTES]);
  }

  /** Called by the fuzzer. */
  public static void fuzzerTestOneInput(byte[] input) {
    if (input.length == 0) {
      return;
    }
    ByteBuf whole = Unpooled.buffer();
    Preface.write(whole);
    whole.writeBytes(input, 1, input.length - 1);
    byte[] bytes = new byte[whole.readableBytes()];
    whole.readBytes(bytes);
    Seen atOnce = decode(bytes, bytes.length);
    Seen inPieces = decode(bytes, 1 + (input[0] & 0x3f));
    if (!atOnce.equals(inPieces)) {
      throw new AssertionError(atOnce + " at once, " + inPieces + " in pieces");
    }
  }

  private record Seen(List<DecodedFrames.Frame> frames, String error) {}

  private static Seen decode(byte[] bytes, int pieceBytes) {
    DecodedFrames found = new DecodedFrames();
    FrameDecoder decoder =
        new FrameDecoder(
            new FrameSink() {
              @Override
              public void preface(int version) {
                found.preface(version);
              }

              @Override
              public void frame(int type, int flags, int streamId, ByteBuf payload) {
                found.frame(type, flags, streamId, payload);
                interpret(type, flags, payload);
              }
            },
            LIMITS);
    ByteBuf pending = Unpooled.buffer();
    try {
      for (int at = 0; at < bytes.length; at += pieceBytes) {
        pending.writeBytes(bytes, at, Math.min(pieceBytes, bytes.length - at));
        decoder.decode(pending);
        pending.discardReadBytes();
      }
      return new Seen(found.frames, "");
    } catch (ProtocolException e) {
      return new Seen(found.frames, String.valueOf(e.getMessage()));
    }
  }

  private static void interpret(int type, int flags, ByteBuf payload) {
    Object unused =
        switch (type) {
          case FrameType.HELLO -> Hello.read(payload);
          case FrameType.METHOD -> MethodName.read(payload);
          case FrameType.REQUEST -> RequestHead.read(payload, flags, LIMITS);
          case FrameType.RESPONSE -> ResponseHead.read(payload, flags, LIMITS);
          case FrameType.PING, FrameType.PONG -> ControlFrames.readToken(payload);
          case FrameType.GOAWAY -> GoAway.read(payload);
          default -> type;
        };
  }
}
