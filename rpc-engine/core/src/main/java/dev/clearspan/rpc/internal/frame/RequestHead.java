package dev.clearspan.rpc.internal.frame;

import dev.clearspan.rpc.Criticality;
import dev.clearspan.rpc.Limits;
import dev.clearspan.rpc.Metadata;
import dev.clearspan.rpc.MethodShape;
import dev.clearspan.rpc.ledger.TraceContext;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * What a REQUEST says before its payload.
 *
 * @param methodId bound by an earlier METHOD frame
 * @param attempt 1 for the first
 * @param criticality how much it matters to the caller
 * @param remainingNanos time left until the deadline when the frame was written
 * @param trace the caller's position; null when it has none
 */
public record RequestHead(
    int methodId,
    int attempt,
    Criticality criticality,
    long remainingNanos,
    @Nullable TraceContext trace,
    Metadata metadata) {

  private static final int TRACE = 0x01;
  private static final int METADATA = 0x02;
  private static final int STREAM = 0x04;
  private static final int CLIENT_STREAMS = 0x08;
  private static final int SERVER_STREAMS = 0x10;

  // method id (2), attempt (1), criticality (1), remaining time (8)
  private static final int FIXED = 12;

  // In the order of their numbers; builds before there were classes say 0.
  private static final Criticality[] CLASSES = {
    Criticality.CRITICAL,
    Criticality.CRITICAL_PLUS,
    Criticality.SHEDDABLE_PLUS,
    Criticality.SHEDDABLE
  };

  /** A request of the usual class. */
  public RequestHead(
      int methodId,
      int attempt,
      long remainingNanos,
      @Nullable TraceContext trace,
      Metadata metadata) {
    this(methodId, attempt, Criticality.CRITICAL, remainingNanos, trace, metadata);
  }

  /** Upper bound of the complete frame without its payload. */
  public int size() {
    return FrameHeader.LENGTH
        + FIXED
        + (trace == null ? 0 : TraceContext.WIRE_BYTES)
        + (metadata.isEmpty() ? 0 : MetadataBlock.size(metadata));
  }

  /**
   * Appends header and head; the payload follows. The header's length, stream, method and remaining
   * time are set by {@link #complete} when the frame is sent.
   */
  public void write(ByteBuf out) {
    write(out, 0);
  }

  /** Appends the frame that opens a stream of this shape; it has no payload. */
  public void writeOpening(ByteBuf out, MethodShape shape) {
    write(
        out,
        STREAM
            | (shape.clientStreams() ? CLIENT_STREAMS : 0)
            | (shape.serverStreams() ? SERVER_STREAMS : 0));
  }

  /** The shape of the stream that a REQUEST with these flags opens; null: a unary call. */
  public static @Nullable MethodShape opened(int flags) {
    return (flags & STREAM) == 0
        ? null
        : MethodShape.of((flags & CLIENT_STREAMS) != 0, (flags & SERVER_STREAMS) != 0);
  }

  private void write(ByteBuf out, int kind) {
    int flags = kind | (trace == null ? 0 : TRACE) | (metadata.isEmpty() ? 0 : METADATA);
    FrameHeader.write(out, 0, FrameType.REQUEST, flags, 0);
    out.writeShort(methodId).writeByte(Math.min(attempt, 255)).writeByte(number(criticality));
    out.writeLong(remainingNanos);
    if (trace != null) {
      writeTrace(out, trace);
    }
    if (!metadata.isEmpty()) {
      MetadataBlock.write(out, metadata);
    }
  }

  /** Fills in what is known only when the frame, complete with payload, goes out. */
  public static void complete(ByteBuf frame, int streamId, int methodId, long remainingNanos) {
    int start = frame.readerIndex();
    frame.setInt(start, frame.readableBytes() - FrameHeader.LENGTH);
    FrameHeader.patchStream(frame, streamId);
    frame.setShort(start + FrameHeader.LENGTH, methodId);
    frame.setLong(start + FrameHeader.LENGTH + 4, remainingNanos);
  }

  /** Reads the head and leaves the message's payload as the readable rest. */
  public static RequestHead read(ByteBuf in, int flags, Limits limits) {
    WireText.need(in, FIXED, "REQUEST");
    int methodId = in.readUnsignedShort();
    int attempt = in.readUnsignedByte();
    Criticality criticality = numbered(in.readUnsignedByte());
    long remaining = in.readLong();
    TraceContext trace = (flags & TRACE) == 0 ? null : readTrace(in);
    Metadata metadata = (flags & METADATA) == 0 ? Metadata.EMPTY : MetadataBlock.read(in, limits);
    Extension.skip(in, flags);
    return new RequestHead(methodId, attempt, criticality, remaining, trace, metadata);
  }

  private static int number(Criticality criticality) {
    return switch (criticality) {
      case CRITICAL -> 0;
      case CRITICAL_PLUS -> 1;
      case SHEDDABLE_PLUS -> 2;
      case SHEDDABLE -> 3;
    };
  }

  private static Criticality numbered(int number) {
    return number < CLASSES.length ? CLASSES[number] : Criticality.CRITICAL;
  }

  private static void writeTrace(ByteBuf out, TraceContext trace) {
    out.writeLong(trace.traceIdHigh()).writeLong(trace.traceIdLow()).writeLong(trace.spanId());
    out.writeByte(trace.traceFlags()).writeByte(trace.clearspanFlags());
  }

  private static TraceContext readTrace(ByteBuf in) {
    WireText.need(in, TraceContext.WIRE_BYTES, "trace context");
    return new TraceContext(
        in.readLong(), in.readLong(), in.readLong(), in.readByte(), in.readByte());
  }
}
