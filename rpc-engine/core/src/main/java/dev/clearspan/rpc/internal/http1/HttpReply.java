package dev.clearspan.rpc.internal.http1;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.TooLongHttpContentException;
import java.nio.charset.StandardCharsets;

/** Complete responses. */
final class HttpReply {
  static final String TEXT = "text/plain; charset=utf-8";
  static final String JSON = "application/json";

  private HttpReply() {}

  static FullHttpResponse text(HttpResponseStatus status, String text) {
    return of(status, TEXT, (text + "\n").getBytes(StandardCharsets.UTF_8));
  }

  /** 405, with the methods that would do. */
  static FullHttpResponse notAllowed(String allowed) {
    FullHttpResponse reply = text(HttpResponseStatus.METHOD_NOT_ALLOWED, "expected: " + allowed);
    reply.headers().set(HttpHeaderNames.ALLOW, allowed);
    return reply;
  }

  /** 204, with the methods there are. */
  static FullHttpResponse allows(String methods) {
    FullHttpResponse reply = of(HttpResponseStatus.NO_CONTENT, TEXT, Unpooled.EMPTY_BUFFER);
    reply.headers().set(HttpHeaderNames.ALLOW, methods);
    return reply;
  }

  /** 400 for a request that could not be decoded, 413 for one that is too large. */
  static FullHttpResponse malformed(FullHttpRequest request) {
    Throwable cause = request.decoderResult().cause();
    if (cause instanceof TooLongHttpContentException) {
      return text(HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE, String.valueOf(cause.getMessage()));
    }
    return text(
        HttpResponseStatus.BAD_REQUEST,
        "malformed request: " + (cause == null ? "unknown" : cause.getMessage()));
  }

  /** The path of a request's target, "/" at least. */
  static String path(String uri) {
    int query = uri.indexOf('?');
    String path = query < 0 ? uri : uri.substring(0, query);
    return path.isEmpty() ? "/" : path;
  }

  static FullHttpResponse of(HttpResponseStatus status, String type, byte[] body) {
    return of(status, type, Unpooled.wrappedBuffer(body));
  }

  /** Takes over the body. */
  static FullHttpResponse of(HttpResponseStatus status, String type, ByteBuf body) {
    FullHttpResponse reply = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, body);
    reply
        .headers()
        .set(HttpHeaderNames.CONTENT_TYPE, type)
        .set(HttpHeaderNames.CONTENT_LENGTH, body.readableBytes())
        .set("x-content-type-options", "nosniff");
    return reply;
  }
}
