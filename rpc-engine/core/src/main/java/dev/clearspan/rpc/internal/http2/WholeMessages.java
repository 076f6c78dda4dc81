package dev.clearspan.rpc.internal.http2;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2FrameTypes;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2HeadersEncoder;
import io.netty.handler.codec.http2.Http2RemoteFlowController;
import io.netty.handler.codec.http2.Http2Stream;
import org.jspecify.annotations.Nullable;

/**
 * Writes all that one side says on a stream at once, HEADERS, one message and perhaps trailers,
 * straight into the connection's {@link FrameBatch}: the codec's own way makes four writes, three
 * promises and an entry of its flow control of it. Only for small messages that the peer's windows
 * let through, with metadata within its limits, so that each fits a frame. Shares the codec's HPACK
 * encoder, streams and windows. Loop-confined.
 */
final class WholeMessages {
  /** Larger messages are not worth a copy. */
  private static final int MOST_BYTES = 4 * 1024;

  private static final int FRAME_HEADER_BYTES = 9;
  private static final int USUAL_HEADERS_BYTES = 512;
  private static final int END_OF_STREAM = 1;
  private static final int END_OF_HEADERS = 4;

  private final Http2ConnectionHandler http2;
  private final Http2HeadersEncoder hpack;
  private final FrameBatch batch;

  /** {@code hpack} is the encoder that the handler's codec uses, too. */
  WholeMessages(Http2ConnectionHandler http2, Http2HeadersEncoder hpack, FrameBatch batch) {
    this.http2 = http2;
    this.hpack = hpack;
    this.batch = batch;
  }

  /** Whether a message of this size may leave on the stream right now, in one frame. */
  boolean fit(Http2Stream stream, ChannelHandlerContext ctx, int bytes) {
    Http2RemoteFlowController flow = http2.encoder().flowController();
    return bytes <= MOST_BYTES
        && ctx.channel().isWritable()
        && flow.windowSize(stream) >= bytes
        && flow.windowSize(http2.connection().connectionStream()) >= bytes
        && !flow.hasFlowControlled(stream);
  }

  /**
   * Writes a message that fits and ends this side of the stream. Takes over the message.
   *
   * @param trailers null: the message ends the stream
   */
  void write(
      Http2Stream stream,
      ChannelHandlerContext ctx,
      Http2Headers headers,
      ByteBuf message,
      @Nullable Http2Headers trailers) {
    int bytes = message.readableBytes();
    ByteBuf out = batch.room(bytes + USUAL_HEADERS_BYTES);
    try {
      headers(out, stream.id(), END_OF_HEADERS, headers);
      Http2Stream unused = stream.headersSent(false);
      data(out, stream.id(), trailers == null ? END_OF_STREAM : 0, message);
      if (trailers != null) {
        headers(out, stream.id(), END_OF_HEADERS | END_OF_STREAM, trailers);
      }
      http2.closeStreamLocal(stream, ctx.newSucceededFuture());
    } catch (Http2Exception e) {
      http2.onError(ctx, true, e);
    } finally {
      message.release();
    }
  }

  /** Writes a HEADERS frame, or nothing at all if the peer does not take as many headers. */
  private void headers(ByteBuf out, int streamId, int flags, Http2Headers fields)
      throws Http2Exception {
    int start = out.writerIndex();
    frameHeader(out, 0, Http2FrameTypes.HEADERS, flags, streamId);
    try {
      hpack.encodeHeaders(streamId, fields, out);
    } catch (Http2Exception e) {
      out.writerIndex(start);
      throw e;
    }
    out.setMedium(start, out.writerIndex() - start - FRAME_HEADER_BYTES);
  }

  /** Writes a DATA frame. The stream's own window does not matter any more. */
  private void data(ByteBuf out, int streamId, int flags, ByteBuf message) throws Http2Exception {
    int bytes = message.readableBytes();
    frameHeader(out, bytes, Http2FrameTypes.DATA, flags, streamId);
    out.writeBytes(message);
    http2
        .encoder()
        .flowController()
        .incrementWindowSize(http2.connection().connectionStream(), -bytes);
  }

  private static void frameHeader(ByteBuf out, int length, byte type, int flags, int streamId) {
    out.writeMedium(length).writeByte(type).writeByte(flags).writeInt(streamId);
  }
}
