package dev.clearspan.rpc.internal.netty;

import dev.clearspan.rpc.Codec;
import dev.clearspan.rpc.RpcException;
import dev.clearspan.rpc.Status;
import dev.clearspan.rpc.internal.frame.Codings;
import dev.clearspan.rpc.internal.frame.RequestHead;
import dev.clearspan.rpc.internal.transport.AttemptRequest;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.nio.ByteBuffer;

/** Turns an attempt into a REQUEST frame, on the caller's thread. */
final class RequestEncoder {
  private RequestEncoder() {}

  /** Size of the request's payload. */
  static <Q> int sizeOf(AttemptRequest<Q, ?> request, int mostBytes) {
    int size = measured(request);
    if (size > mostBytes) {
      throw new RpcException(
          Status.Code.RESOURCE_EXHAUSTED,
          "request of %s: %d bytes (expected: <= %d)"
              .formatted(request.method().fullName(), size, mostBytes));
    }
    return size;
  }

  /**
   * The frame, owned by the caller; stream, method id and remaining time are still to be set.
   *
   * @param codings the compressed messages that the server takes
   */
  static <Q> ByteBuf encode(AttemptRequest<Q, ?> request, int size, Codings codings) {
    RequestHead head =
        new RequestHead(
            0, request.attempt(), request.criticality(), 0, request.trace(), request.metadata());
    ByteBuf frame = ByteBufAllocator.DEFAULT.directBuffer(head.size() + size);
    try {
      head.write(frame);
      writePayload(request, frame, size);
      return Packing.of(request.compression(), codings.known())
          .apply(frame, frame.readableBytes() - size);
    } catch (RuntimeException e) {
      frame.release();
      throw failed(request, e);
    }
  }

  private static <Q> int measured(AttemptRequest<Q, ?> request) {
    try {
      return request.method().requestCodec().sizeOf(request.message());
    } catch (RuntimeException e) {
      throw failed(request, e);
    }
  }

  private static <Q> void writePayload(AttemptRequest<Q, ?> request, ByteBuf frame, int size) {
    Codec<Q> codec = request.method().requestCodec();
    ByteBuffer target = PayloadView.writable(frame, size);
    codec.encode(request.message(), target);
    if (target.hasRemaining()) {
      throw new IllegalStateException(
          "codec %s left %d of %d bytes unwritten"
              .formatted(codec.name(), target.remaining(), size));
    }
    frame.writerIndex(frame.writerIndex() + size);
  }

  private static RpcException failed(AttemptRequest<?, ?> request, RuntimeException cause) {
    String text = "request of " + request.method().fullName() + " could not be encoded: " + cause;
    return new RpcException(
        Status.of(Status.Code.INTERNAL, text),
        dev.clearspan.rpc.Metadata.EMPTY,
        RpcException.Origin.LOCAL,
        null,
        cause);
  }
}
