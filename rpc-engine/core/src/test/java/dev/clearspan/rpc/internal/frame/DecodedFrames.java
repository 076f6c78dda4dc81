package dev.clearspan.rpc.internal.frame;

import dev.clearspan.rpc.Limits;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;

/** Collects what a decoder finds. */
final class DecodedFrames implements FrameSink {
  final List<Frame> frames = new ArrayList<>();
  int version;

  record Frame(int type, int flags, int streamId, String payload) {}

  /** Decodes the bytes, delivered in pieces of this size, after a preface. */
  static DecodedFrames of(byte[] bytes, int pieceSize) {
    DecodedFrames found = new DecodedFrames();
    FrameDecoder decoder = new FrameDecoder(found, Limits.DEFAULT);
    ByteBuf pending = Unpooled.buffer();
    for (int at = 0; at < bytes.length; at += pieceSize) {
      pending.writeBytes(bytes, at, Math.min(pieceSize, bytes.length - at));
      decoder.decode(pending);
    }
    if (pending.isReadable()) {
      throw new AssertionError(pending.readableBytes() + " bytes left over");
    }
    return found;
  }

  @Override
  public void preface(int spoken) {
    version = spoken;
  }

  @Override
  public void frame(int type, int flags, int streamId, ByteBuf payload) {
    frames.add(new Frame(type, flags, streamId, ByteBufUtil.hexDump(payload)));
  }
}
