package dev.clearspan.rpc.internal.frame;

import dev.clearspan.rpc.Limits;
import io.netty.buffer.ByteBuf;

/**
 * Cuts a byte stream into frames: a preface, then frames. Not thread-safe; one per connection. A
 * frame's length is checked as soon as its header is known, before anything is buffered for it.
 */
public final class FrameDecoder {
  private final FrameSink sink;
  private final int maxPayload;
  private boolean prefaceRead;
  private boolean stopped;

  /** Decodes into the sink what a peer may send under these limits. */
  public FrameDecoder(FrameSink sink, Limits limits) {
    this.sink = sink;
    this.maxPayload = limits.frameBytes();
  }

  /**
   * Consumes all complete frames; what remains is the beginning of one and must be given again,
   * with more bytes behind it.
   *
   * @throws ProtocolException if the bytes break the protocol; nothing further can be decoded
   */
  public void decode(ByteBuf in) {
    if (!prefaceRead && !readPreface(in)) {
      return;
    }
    while (!stopped && in.readableBytes() >= FrameHeader.LENGTH) {
      long length = in.getUnsignedInt(in.readerIndex());
      checkLength(length);
      if (in.readableBytes() < FrameHeader.LENGTH + length) {
        return;
      }
      readFrame(in, (int) length);
    }
    if (stopped) {
      in.skipBytes(in.readableBytes());
    }
  }

  /**
   * Bytes that what these bytes begin, the preface or a frame, lacks to be complete, as far as can
   * be told; 0: it is complete.
   *
   * @throws ProtocolException if the frame is too long
   */
  int missing(ByteBuf in) {
    if (stopped) {
      return 0;
    }
    if (!prefaceRead) {
      return Math.max(0, Preface.LENGTH - in.readableBytes());
    }
    if (in.readableBytes() < FrameHeader.LENGTH) {
      return FrameHeader.LENGTH - in.readableBytes();
    }
    long length = in.getUnsignedInt(in.readerIndex());
    checkLength(length);
    return Math.max(0, FrameHeader.LENGTH + (int) length - in.readableBytes());
  }

  /** Discards whatever still comes: the connection is being closed. */
  public void stop() {
    stopped = true;
  }

  private boolean readPreface(ByteBuf in) {
    if (in.readableBytes() < Preface.LENGTH) {
      return false;
    }
    sink.preface(Preface.read(in));
    prefaceRead = true;
    return true;
  }

  private void readFrame(ByteBuf in, int length) {
    in.skipBytes(4);
    int type = in.readUnsignedByte();
    int flags = in.readUnsignedByte();
    int streamId = in.readInt();
    int end = in.readerIndex() + length;
    sink.frame(type, flags, streamId, in.slice(in.readerIndex(), length));
    in.readerIndex(end);
  }

  private void checkLength(long length) {
    if (length > maxPayload) {
      throw new ProtocolException(
          GoAway.Reason.FRAME_TOO_LARGE,
          "frame length: " + length + " bytes (expected: <= " + maxPayload + ")");
    }
  }
}
