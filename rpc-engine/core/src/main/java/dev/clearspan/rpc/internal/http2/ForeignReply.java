package dev.clearspan.rpc.internal.http2;

import dev.clearspan.rpc.Status;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http2.Http2Headers;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A reply that is not gRPC's, as proxies and web servers give it: its HTTP status decides the
 * call's (http-grpc-status-mapping.md), and the beginning of its body goes into the message.
 * Loop-confined.
 */
final class ForeignReply {
  private static final int SHOWN_BYTES = 256;

  private final String httpStatus;
  private final String contentType;
  private final StringBuilder body = new StringBuilder();

  private ForeignReply(String httpStatus, String contentType) {
    this.httpStatus = httpStatus;
    this.contentType = contentType;
  }

  /** The reply that begins with these headers, or null if it is gRPC's. */
  static @Nullable ForeignReply of(Http2Headers headers) {
    CharSequence status = headers.status();
    CharSequence type = headers.get(GrpcNames.CONTENT_TYPE);
    boolean isOk = status != null && status.length() == 3 && "200".contentEquals(status);
    return isOk && type != null && isGrpc(type)
        ? null
        : new ForeignReply(shown(status), shown(type));
  }

  /** Takes more of the body; true when enough of it is known. */
  boolean add(ByteBuf data) {
    int length = Math.min(data.readableBytes(), SHOWN_BYTES - body.length());
    body.append(data.toString(data.readerIndex(), length, StandardCharsets.ISO_8859_1));
    return body.length() >= SHOWN_BYTES;
  }

  /** What the call ends with. */
  Status status() {
    String text =
        "not a gRPC reply: HTTP status %s, content-type %s (expected: 200, application/grpc)"
            .formatted(httpStatus, contentType);
    String shownBody = printable(body);
    return Status.of(code(), shownBody.isEmpty() ? text : text + ": " + shownBody);
  }

  private Status.Code code() {
    try {
      return GrpcStatus.ofHttp(Integer.parseInt(httpStatus));
    } catch (NumberFormatException e) {
      return Status.Code.UNKNOWN;
    }
  }

  private static boolean isGrpc(CharSequence type) {
    int length = GrpcNames.GRPC.length();
    if (!startsWithGrpc(type)) {
      return false;
    }
    return type.length() == length || type.charAt(length) == '+' || type.charAt(length) == ';';
  }

  private static boolean startsWithGrpc(CharSequence type) {
    return type.length() >= GrpcNames.GRPC.length()
        && GrpcNames.GRPC.regionMatches(true, 0, type, 0, GrpcNames.GRPC.length());
  }

  private static String shown(@Nullable CharSequence value) {
    if (value == null) {
      return "none";
    }
    return printable(value.subSequence(0, Math.min(value.length(), SHOWN_BYTES)));
  }

  private static String printable(CharSequence text) {
    StringBuilder out = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char each = text.charAt(i);
      out.append(each >= 0x20 && each < 0x7f ? each : ' ');
    }
    return out.toString().strip();
  }
}
