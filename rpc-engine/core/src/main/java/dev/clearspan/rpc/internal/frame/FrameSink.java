package dev.clearspan.rpc.internal.frame;

import io.netty.buffer.ByteBuf;

/** Receives decoded frames, in order. */
public interface FrameSink {
  /** The peer's preface has been read; {@code version} is what both sides speak. */
  void preface(int version);

  /**
   * One frame.
   *
   * @param payload exactly the payload, valid during this call only unless retained
   * @throws ProtocolException if the frame breaks the protocol; the connection is then closed
   */
  void frame(int type, int flags, int streamId, ByteBuf payload);
}
