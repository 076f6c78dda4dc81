package dev.clearspan.rpc.internal.http2;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpScheme;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2Stream;
import io.netty.handler.codec.http2.ReadOnlyHttp2Headers;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.AsciiString;
import io.netty.util.concurrent.EventExecutor;

/** Writes to the streams of one client connection, once it is made. Confined to its loop. */
final class RequestWriter {
  private static final AsciiString POST = HttpMethod.POST.asciiName();

  private final ClientHttp2Handler http2;
  private final ChannelHandlerContext context;
  private final AsciiString authority;
  private final AsciiString scheme;
  private final RequestFields form;
  private final MethodPaths paths = new MethodPaths();

  RequestWriter(
      ClientHttp2Handler http2,
      ChannelHandlerContext context,
      AsciiString authority,
      RequestFields form) {
    this.http2 = http2;
    this.context = context;
    this.authority = authority;
    this.form = form;
    boolean encrypted = context.pipeline().get(SslHandler.class) != null;
    this.scheme = (encrypted ? HttpScheme.HTTPS : HttpScheme.HTTP).name();
  }

  /** Writes the headers of a request whose stream is open. */
  void begin(ClientStream<?> call) {
    begin(call, headers(call));
  }

  /** Writes a request of one message, all of it. */
  void sendWhole(ClientStream<?> call, ByteBuf message) {
    Http2Headers headers = headers(call);
    Http2Stream stream = http2.connection().stream(call.streamId());
    if (http2.whole().fit(stream, context, message.readableBytes())) {
      http2.whole().write(stream, context, headers, message, null);
      return;
    }
    begin(call, headers);
    if (call.hasEnded()) {
      message.release();
    } else {
      send(call, message, true);
    }
  }

  /** Writes a message of the call; the promise is kept when it has left. */
  void send(ClientStream<?> call, ByteBuf message, boolean last, ChannelPromise written) {
    http2.encoder().writeData(context, call.streamId(), message, 0, last, written);
  }

  void send(ClientStream<?> call, ByteBuf message, boolean last) {
    send(call, message, last, promise());
  }

  EventExecutor loop() {
    return context.executor();
  }

  ChannelPromise promise() {
    return context.newPromise();
  }

  /** Ends the call's stream on both sides. */
  void reset(ClientStream<?> call, Http2Error error) {
    reset(call.streamId(), error);
  }

  /** Ends a stream whose reply is complete while its request is not. */
  void endUnfinished(int streamId) {
    Http2Stream stream = http2.connection().stream(streamId);
    if (stream != null && stream.state() == Http2Stream.State.OPEN) {
      reset(streamId, Http2Error.CANCEL);
    }
  }

  /** The call has taken so many bytes; the server may send as many more. */
  void consumed(ClientStream<?> call, int bytes) {
    Http2Stream stream = http2.connection().stream(call.streamId());
    if (stream == null) {
      return;
    }
    try {
      boolean unused = http2.decoder().flowController().consumeBytes(stream, bytes);
    } catch (Http2Exception e) {
      http2.onError(context, true, e);
    }
  }

  void ping(long token) {
    http2.encoder().writePing(context, false, token, promise());
    flush();
  }

  void flush() {
    http2.flush(context);
  }

  private void begin(ClientStream<?> call, Http2Headers headers) {
    http2.encoder().writeHeaders(context, call.streamId(), headers, 0, false, promise());
  }

  private Http2Headers headers(ClientStream<?> call) {
    return ReadOnlyHttp2Headers.clientHeaders(
        false, POST, paths.of(call.method), scheme, authority, call.fields(form));
  }

  private void reset(int streamId, Http2Error error) {
    http2.resetStream(context, streamId, error.code(), promise());
  }
}
