package dev.clearspan.rpc.internal.http2;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2Stream;
import org.jspecify.annotations.Nullable;

/**
 * Writes to the streams of one connection; what is for a stream that is closed is dropped. Confined
 * to the connection's loop. The outbox flushes.
 */
final class ReplyWriter {
  private final GrpcLink link;
  private final WholeMessages whole;

  ReplyWriter(GrpcLink link, WholeMessages whole) {
    this.link = link;
    this.whole = whole;
  }

  /** Writes the whole of a unary reply; either may be missing but the trailers. */
  void writeReply(
      int streamId, @Nullable Http2Headers headers, @Nullable ByteBuf message, Http2Headers last) {
    Http2Stream stream = link.connection().stream(streamId);
    if (stream == null) {
      release(message);
    } else if (headers != null
        && message != null
        && stream.state() == Http2Stream.State.HALF_CLOSED_REMOTE
        && whole.fit(stream, link.context(), message.readableBytes())) {
      link.guard().answered();
      whole.write(stream, link.context(), headers, message, last);
    } else {
      writeInPieces(streamId, headers, message, last);
    }
  }

  private void writeInPieces(
      int streamId, @Nullable Http2Headers headers, @Nullable ByteBuf message, Http2Headers last) {
    if (headers != null) {
      writeHeaders(streamId, headers);
    }
    if (message != null) {
      link.encoder()
          .writeData(link.context(), streamId, message, 0, false, link.context().newPromise());
    }
    writeLast(streamId, last);
  }

  void writeHeaders(int streamId, Http2Headers headers) {
    if (link.connection().stream(streamId) != null) {
      link.encoder()
          .writeHeaders(link.context(), streamId, headers, 0, false, link.context().newPromise());
    }
  }

  /** Writes a message as far as the client's window goes; {@code done} hears of its last byte. */
  void writeData(int streamId, ByteBuf message, Runnable done) {
    if (link.connection().stream(streamId) == null) {
      message.release();
      done.run();
    } else {
      link.guard().answered();
      link.encoder()
          .writeData(link.context(), streamId, message, 0, false, link.context().newPromise())
          .addListener(ignored -> done.run());
    }
  }

  /** Writes a reply that ends with its body. */
  void writePage(int streamId, Http2Headers headers, ByteBuf body) {
    if (link.connection().stream(streamId) == null) {
      body.release();
      return;
    }
    link.guard().answered();
    writeHeaders(streamId, headers);
    link.encoder().writeData(link.context(), streamId, body, 0, true, link.context().newPromise());
  }

  /** Writes the headers that end the stream. */
  void writeLast(int streamId, Http2Headers trailers) {
    Http2Stream stream = link.connection().stream(streamId);
    if (stream == null) {
      return;
    }
    link.guard().answered();
    boolean clientStillSends = stream.state().remoteSideOpen();
    var written =
        link.encoder()
            .writeHeaders(link.context(), streamId, trailers, 0, true, link.context().newPromise());
    if (clientStillSends) {
      written.addListener(ignored -> reset(streamId, Http2Error.NO_ERROR));
    }
  }

  /** Ends the stream without a word. */
  void cancel(int streamId) {
    reset(streamId, Http2Error.CANCEL);
  }

  /** Whether messages of this stream wait for the client's window. */
  boolean isBlocked(int streamId) {
    Http2Stream stream = link.connection().stream(streamId);
    return stream != null && link.encoder().flowController().hasFlowControlled(stream);
  }

  /** The client may send that many bytes more on this stream. */
  void giveBack(int streamId, int bytes) {
    Http2Stream stream = link.connection().stream(streamId);
    if (stream == null || bytes == 0) {
      return;
    }
    try {
      boolean unused = link.decoder().flowController().consumeBytes(stream, bytes);
    } catch (Http2Exception e) {
      link.onError(link.context(), true, e);
    }
  }

  private void reset(int streamId, Http2Error error) {
    if (link.connection().stream(streamId) != null) {
      link.resetStream(link.context(), streamId, error.code(), link.context().newPromise());
    }
  }

  private static void release(@Nullable ByteBuf message) {
    if (message != null) {
      message.release();
    }
  }
}
