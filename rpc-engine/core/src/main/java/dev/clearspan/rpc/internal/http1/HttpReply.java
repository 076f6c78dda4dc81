package dev.clearspan.rpc.internal.http1;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.nio.charset.StandardCharsets;

/** Complete responses. */
final class HttpReply {
  static final String TEXT = "text/plain; charset=utf-8";
  static final String JSON = "application/json";

  private HttpReply() {}

  static FullHttpResponse text(HttpResponseStatus status, String text) {
    return of(status, TEXT, (text + "\n").getBytes(StandardCharsets.UTF_8));
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
