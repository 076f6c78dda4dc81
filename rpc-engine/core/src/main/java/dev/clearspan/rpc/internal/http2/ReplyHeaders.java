package dev.clearspan.rpc.internal.http2;

import dev.clearspan.rpc.Metadata;
import dev.clearspan.rpc.Status;
import dev.clearspan.rpc.server.ServerCall.Timing;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.ReadOnlyHttp2Headers;
import io.netty.util.AsciiString;
import org.jspecify.annotations.Nullable;

/** The headers and trailers of replies; those that most calls have are made once. */
final class ReplyHeaders {
  private static final AsciiString OK = HttpResponseStatus.OK.codeAsText();
  private static final Http2Headers PLAIN =
      ReadOnlyHttp2Headers.serverHeaders(false, OK, GrpcNames.CONTENT_TYPE, GrpcNames.GRPC);
  private static final Http2Headers OK_TRAILERS =
      ReadOnlyHttp2Headers.trailers(false, GrpcNames.STATUS, GrpcStatus.number(Status.Code.OK));

  private ReplyHeaders() {}

  /** What stands before the messages. */
  static Http2Headers headers(Metadata metadata, boolean gzip) {
    if (metadata.isEmpty() && !gzip) {
      return PLAIN;
    }
    Http2Headers headers = response(OK);
    if (gzip) {
      headers.add(GrpcNames.ENCODING, GrpcNames.GZIP);
    }
    HeaderMetadata.write(metadata, headers);
    return headers;
  }

  /**
   * What stands behind the messages.
   *
   * @param told what a Clearspan client is told of the call's course; null for others
   */
  static Http2Headers trailers(Status status, Metadata metadata, @Nullable Timing told) {
    if (status.isOk() && metadata.isEmpty() && told == null) {
      return OK_TRAILERS;
    }
    return write(new DefaultHttp2Headers(false), status, metadata, told);
  }

  /** A reply without messages: headers and trailers in one. */
  static Http2Headers trailersOnly(Status status, Metadata metadata, @Nullable Timing told) {
    return write(response(OK), status, metadata, told);
  }

  /** An answer to what is no gRPC request, which gRPC clients understand all the same. */
  static Http2Headers httpError(HttpResponseStatus status, Status meaning) {
    Http2Headers headers = new DefaultHttp2Headers(false);
    headers.status(status.codeAsText());
    GrpcStatus.write(meaning, headers);
    return headers;
  }

  /** Both, or only the second if they are too much together. */
  static Metadata joined(Metadata first, Metadata second) {
    try {
      return first.plus(second);
    } catch (IllegalArgumentException e) {
      return second;
    }
  }

  private static Http2Headers response(AsciiString status) {
    Http2Headers headers = new DefaultHttp2Headers(false);
    headers.status(status);
    headers.add(GrpcNames.CONTENT_TYPE, GrpcNames.GRPC);
    return headers;
  }

  private static Http2Headers write(
      Http2Headers trailers, Status status, Metadata metadata, @Nullable Timing told) {
    GrpcStatus.write(status, trailers);
    HeaderMetadata.write(metadata, trailers);
    if (told != null) {
      String times = told.serverNanos() + ";" + told.queueNanos();
      trailers.add(GrpcNames.TIMING, AsciiString.of(times));
      if (told.keep()) {
        trailers.add(GrpcNames.KEEP, GrpcNames.ONE);
      }
    }
    return trailers;
  }
}
