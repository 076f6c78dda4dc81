package dev.clearspan.rpc.internal.http2;

import dev.clearspan.rpc.Status;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeadersFactory;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2Headers;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * A request in HTTP/2 that is no gRPC, and its reply, as the same in HTTP/1.1 would look. Owns its
 * body until it is answered. Loop-confined.
 */
final class PlainRequest {
  /** What concerns a connection in HTTP/1.1 and must not be in HTTP/2 (RFC 9113, 8.2.2). */
  private static final Set<String> OF_CONNECTIONS =
      Set.of("connection", "keep-alive", "proxy-connection", "transfer-encoding", "upgrade");

  /** HTTP/2 has checked them. */
  private static final HttpHeadersFactory UNCHECKED =
      DefaultHttpHeadersFactory.headersFactory().withValidation(false);

  private final Http2Headers headers;
  private final ByteBuf body = Unpooled.buffer(0);
  private boolean tooLarge;
  private boolean released;
  private Runnable giveUp = () -> {};

  PlainRequest(Http2Headers headers) {
    this.headers = headers;
  }

  /** Whether these headers begin a request that is answered like one in HTTP/1.1. */
  static boolean isPlain(Http2Headers headers) {
    CharSequence type = headers.get(HttpHeaderNames.CONTENT_TYPE);
    String media = type == null ? "" : type.toString().toLowerCase(Locale.ROOT);
    return switch (String.valueOf(headers.method())) {
      case "GET", "HEAD", "OPTIONS" -> !media.startsWith("application/grpc");
      case "POST" -> media.startsWith("application/json") || media.startsWith("application/proto");
      default -> false;
    };
  }

  /** Takes more of the body; once it is larger than that, the rest is dropped. */
  void add(ByteBuf data, int most) {
    tooLarge |= body.readableBytes() + data.readableBytes() > most;
    if (!tooLarge) {
      body.writeBytes(data);
    }
  }

  boolean isTooLarge() {
    return tooLarge;
  }

  /** The request, complete now; its body is the same. */
  FullHttpRequest complete() {
    FullHttpRequest request =
        new DefaultFullHttpRequest(
            HttpVersion.HTTP_1_1,
            HttpMethod.valueOf(String.valueOf(headers.method())),
            String.valueOf(headers.path()),
            body,
            UNCHECKED,
            UNCHECKED);
    for (Map.Entry<CharSequence, CharSequence> header : headers) {
      if (!Http2Headers.PseudoHeaderName.hasPseudoHeaderFormat(header.getKey())) {
        request.headers().add(header.getKey(), header.getValue());
      }
    }
    if (headers.authority() != null) {
      request.headers().set(HttpHeaderNames.HOST, headers.authority());
    }
    return request;
  }

  /** What is to be done if the client goes before the reply. */
  void onGivenUp(Runnable action) {
    giveUp = action;
  }

  void givenUp() {
    giveUp.run();
  }

  /** Lets the body go. */
  void release() {
    if (!released) {
      released = true;
      body.release();
    }
  }

  /** Whether the reply must have no body. */
  boolean isHead() {
    return "HEAD".contentEquals(String.valueOf(headers.method()));
  }

  /** A reply's headers. */
  static Http2Headers headersOf(FullHttpResponse reply) {
    Http2Headers told = new DefaultHttp2Headers().status(reply.status().codeAsText());
    for (Map.Entry<String, String> header : reply.headers()) {
      String name = header.getKey().toLowerCase(Locale.ROOT);
      if (!OF_CONNECTIONS.contains(name)) {
        told.add(name, header.getValue());
      }
    }
    return told;
  }

  /** What a body over the limit is answered with. */
  static Http2Headers tooLarge(int most) {
    Status status =
        Status.of(Status.Code.RESOURCE_EXHAUSTED, "request body (expected: <= " + most + " bytes)");
    return ReplyHeaders.httpError(HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE, status);
  }
}
