package dev.clearspan.rpc.internal.http1;

import dev.clearspan.rpc.Status;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A unary call as HTTP carries it, whether by POST or by GET (connectrpc.com/docs/protocol,
 * "Unary-Request", "Unary-Get-Request").
 *
 * @param codec form of the message
 * @param encoding how the message is compressed
 * @param message its bytes; of a POST the request's own content, not retained
 */
record ConnectRequest(ConnectCodec codec, ContentCoding encoding, ByteBuf message) {
  private static final String VERSION = "connect-protocol-version";
  private static final String ACCEPTED = "application/json or application/proto";
  private static final int MOST_PARAMETERS = 16;

  /** The message is in the body. */
  static ConnectRequest ofPost(FullHttpRequest request) throws Unusable {
    HttpHeaders headers = request.headers();
    String type = headers.get(HttpHeaderNames.CONTENT_TYPE);
    ConnectCodec codec = ConnectCodec.ofType(type);
    if (codec == null) {
      throw new Unusable(
          HttpResponseStatus.UNSUPPORTED_MEDIA_TYPE,
          "content type: " + type + " (expected: " + ACCEPTED + ")");
    }
    checkVersion(VERSION, headers.get(VERSION, "1"), "1");
    String coding = headers.get(HttpHeaderNames.CONTENT_ENCODING);
    return new ConnectRequest(codec, coding(coding), request.content());
  }

  /** The message is in the query. */
  static ConnectRequest ofGet(FullHttpRequest request) throws Unusable {
    Map<String, List<String>> query = query(request.uri());
    String encoding = first(query, "encoding", "");
    ConnectCodec codec = ConnectCodec.ofName(encoding);
    if (codec == null) {
      throw new Unusable(
          HttpResponseStatus.UNSUPPORTED_MEDIA_TYPE,
          "encoding: '" + encoding + "' (expected: ?encoding=json&message=... or encoding=proto)");
    }
    checkVersion("connect", first(query, "connect", "v1"), "v1");
    if (!query.containsKey("message")) {
      throw new Unusable(
          Status.of(Status.Code.INVALID_ARGUMENT, "message: none (expected: &message=...)"));
    }
    boolean base64 = first(query, "base64", "").equals("1");
    ByteBuf message = message(first(query, "message", ""), base64);
    return new ConnectRequest(codec, coding(first(query, "compression", "")), message);
  }

  private static Map<String, List<String>> query(String uri) throws Unusable {
    try {
      return new QueryStringDecoder(uri, StandardCharsets.UTF_8, true, MOST_PARAMETERS)
          .parameters();
    } catch (IllegalArgumentException e) {
      throw new Unusable(Status.of(Status.Code.INVALID_ARGUMENT, "query: " + e.getMessage()));
    }
  }

  private static String first(Map<String, List<String>> query, String name, String otherwise) {
    List<String> values = query.get(name);
    return values == null || values.isEmpty() ? otherwise : values.get(0);
  }

  private static ByteBuf message(String text, boolean base64) throws Unusable {
    if (!base64) {
      return Unpooled.wrappedBuffer(text.getBytes(StandardCharsets.UTF_8));
    }
    try {
      return Unpooled.wrappedBuffer(Base64.getUrlDecoder().decode(text));
    } catch (IllegalArgumentException e) {
      String said = "message: " + e.getMessage() + " (expected: URL-safe base64)";
      throw new Unusable(Status.of(Status.Code.INVALID_ARGUMENT, said));
    }
  }

  private static ContentCoding coding(@Nullable String name) throws Unusable {
    ContentCoding coding = ContentCoding.named(name);
    if (coding == null) {
      String said = "content encoding: " + name + " (expected: " + ContentCoding.NAMES + ")";
      throw new Unusable(Status.of(Status.Code.UNIMPLEMENTED, said));
    }
    return coding;
  }

  private static void checkVersion(String what, String found, String expected) throws Unusable {
    if (!found.equals(expected)) {
      throw new Unusable(
          Status.of(
              Status.Code.INVALID_ARGUMENT, what + ": " + found + " (expected: " + expected + ")"));
    }
  }

  /** A request that is no call, and the answer to it. */
  static final class Unusable extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient FullHttpResponse answer;

    Unusable(HttpResponseStatus status, String text) {
      super(text);
      this.answer = HttpReply.text(status, text);
    }

    Unusable(Status status) {
      super(status.message());
      this.answer = ConnectError.reply(status);
    }

    FullHttpResponse answer() {
      return answer;
    }
  }
}
