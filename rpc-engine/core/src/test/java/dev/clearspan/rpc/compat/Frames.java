package dev.clearspan.rpc.compat;

import dev.clearspan.rpc.Limits;
import dev.clearspan.rpc.internal.frame.FrameDecoder;
import dev.clearspan.rpc.internal.frame.FrameSink;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;

/** One direction of a conversation, cut into frames. */
final class Frames implements FrameSink {
  final List<Frame> found = new ArrayList<>();
  private final FrameDecoder decoder = new FrameDecoder(this, Limits.DEFAULT);
  private final ByteBuf pending = Unpooled.buffer();

  record Frame(int type, int flags, int streamId, byte[] payload) {}

  void add(byte[] bytes, int length) {
    pending.writeBytes(bytes, 0, length);
    decoder.decode(pending);
  }

  List<Frame> ofType(int type) {
    return found.stream().filter(frame -> frame.type() == type).toList();
  }

  @Override
  public void preface(int version) {}

  @Override
  public void frame(int type, int flags, int streamId, ByteBuf payload) {
    found.add(new Frame(type, flags, streamId, ByteBufUtil.getBytes(payload)));
  }
}
