package dev.clearspan.rpc.internal.frame;

import dev.clearspan.rpc.Limits;
import dev.clearspan.rpc.Metadata;
import dev.clearspan.rpc.Status;
import dev.clearspan.rpc.balance.LoadReport;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.function.Consumer;

/**
 * What a RESPONSE says before its payload.
 *
 * @param keep the caller should keep its part of the trace
 * @param refused no handler ran and none will: safe to repeat elsewhere
 * @param serverNanos from decoding the request to this frame; -1 unknown
 * @param queueNanos part of it before the handler; -1 unknown
 */
public record ResponseHead(
    Status status,
    boolean keep,
    boolean refused,
    long serverNanos,
    long queueNanos,
    Metadata metadata) {

  /** Length of an OK frame's header and head: what is left free before an encoded reply. */
  public static final int OK_SIZE = FrameHeader.LENGTH + 17;

  private static final int KEEP = 0x01;
  private static final int REFUSED = 0x02;
  private static final int METADATA = 0x04;
  private static final int MESSAGE = 0x08;
  private static final int MAX_MESSAGE = 4096;

  /** The head of an OK reply. */
  public static ResponseHead ok(boolean keep, long serverNanos, long queueNanos) {
    return new ResponseHead(Status.OK, keep, false, serverNanos, queueNanos, Metadata.EMPTY);
  }

  /** Fills in the {@link #OK_SIZE} bytes left free at the start of an OK reply without metadata. */
  public void complete(ByteBuf frame, int streamId) {
    FrameHeader.patch(frame, FrameType.RESPONSE, flags(), streamId);
    int start = frame.readerIndex() + FrameHeader.LENGTH;
    frame.setByte(start, status.code().ordinal());
    frame.setLong(start + 1, serverNanos);
    frame.setLong(start + 9, queueNanos);
  }

  /** Upper bound of the complete frame without its payload. */
  public int size() {
    return OK_SIZE
        + (status.message().isEmpty() ? 0 : 2 + MAX_MESSAGE)
        + (metadata.isEmpty() ? 0 : MetadataBlock.size(metadata));
  }

  /** Appends header and head of a frame; the payload, {@code payloadBytes} long, follows. */
  public void write(ByteBuf out, int streamId, int payloadBytes) {
    int start = out.writerIndex();
    FrameHeader.write(out, 0, FrameType.RESPONSE, flags(), streamId);
    out.writeByte(status.code().ordinal()).writeLong(serverNanos).writeLong(queueNanos);
    if (!status.message().isEmpty()) {
      WireText.write(out, WireText.cut(status.message(), MAX_MESSAGE));
    }
    if (!metadata.isEmpty()) {
      MetadataBlock.write(out, metadata);
    }
    out.setInt(start, out.writerIndex() - start - FrameHeader.LENGTH + payloadBytes);
  }

  /**
   * The complete frame with a load report before its message, for a peer whose HELLO wants one.
   * Takes over the frame.
   */
  public static ByteBuf withLoad(ByteBuf frame, LoadReport load) {
    int length = frame.getInt(frame.readerIndex());
    int flags = frame.getByte(frame.readerIndex() + 5);
    int headBytes = headBytes(frame);
    ByteBuf head = frame.alloc().directBuffer(headBytes + Extension.LOAD_BYTES);
    head.writeBytes(frame, headBytes);
    head.setInt(0, length + Extension.LOAD_BYTES).setByte(5, flags | Extension.FLAG);
    Extension.writeLoad(head, load);
    return Unpooled.wrappedBuffer(head, frame);
  }

  /** Time of the handler that a complete frame tells of; -1 unknown. */
  public static long handlerNanos(ByteBuf frame) {
    int start = frame.readerIndex() + FrameHeader.LENGTH + 1;
    long queueNanos = frame.getLong(start + Long.BYTES);
    return queueNanos < 0 ? -1 : frame.getLong(start) - queueNanos;
  }

  /** How much of a complete frame stands before its message. */
  private static int headBytes(ByteBuf frame) {
    ByteBuf in = frame.duplicate();
    int start = in.readerIndex();
    int flags = in.getByte(start + 5);
    in.skipBytes(OK_SIZE);
    if ((flags & MESSAGE) != 0) {
      in.skipBytes(in.readUnsignedShort());
    }
    if ((flags & METADATA) != 0) {
      MetadataBlock.skip(in);
    }
    return in.readerIndex() - start;
  }

  /** Reads the head and leaves the message's payload as the readable rest. */
  public static ResponseHead read(ByteBuf in, int flags, Limits limits) {
    return read(in, flags, limits, load -> {});
  }

  /** The same; {@code loads} hears the load report that the frame may carry. */
  public static ResponseHead read(
      ByteBuf in, int flags, Limits limits, Consumer<LoadReport> loads) {
    WireText.need(in, 17, "RESPONSE");
    Status.Code code = Status.Code.of(in.readUnsignedByte());
    long serverNanos = in.readLong();
    long queueNanos = in.readLong();
    String message = (flags & MESSAGE) == 0 ? "" : WireText.read(in, MAX_MESSAGE, "status message");
    Metadata metadata = (flags & METADATA) == 0 ? Metadata.EMPTY : MetadataBlock.read(in, limits);
    LoadReport load = (flags & Extension.FLAG) == 0 ? null : Extension.readLoad(in);
    if (load != null) {
      loads.accept(load);
    }
    return new ResponseHead(
        Status.of(code, message),
        (flags & KEEP) != 0,
        (flags & REFUSED) != 0,
        serverNanos,
        queueNanos,
        metadata);
  }

  private int flags() {
    return (keep ? KEEP : 0)
        | (refused ? REFUSED : 0)
        | (metadata.isEmpty() ? 0 : METADATA)
        | (status.message().isEmpty() ? 0 : MESSAGE);
  }
}
