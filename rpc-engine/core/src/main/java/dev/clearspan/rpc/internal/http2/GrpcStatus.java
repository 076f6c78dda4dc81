package dev.clearspan.rpc.internal.http2;

import dev.clearspan.rpc.Status;
import dev.clearspan.rpc.Status.Code;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.util.AsciiString;
import org.jspecify.annotations.Nullable;

/** A call's status as trailers, and what other endings of an HTTP/2 stream mean. */
final class GrpcStatus {
  private static final AsciiString[] NUMBERS = numbers();

  private GrpcStatus() {}

  /** The code's number as it stands in {@code grpc-status}. */
  static AsciiString number(Code code) {
    return NUMBERS[code.ordinal()];
  }

  /** Appends {@code grpc-status} and, if there is one, {@code grpc-message}. */
  static void write(Status status, Http2Headers trailers) {
    trailers.add(GrpcNames.STATUS, number(status.code()));
    if (!status.message().isEmpty()) {
      trailers.add(GrpcNames.MESSAGE, GrpcMessage.encode(status.message()));
    }
  }

  /** The status that the trailers tell; null if they have no {@code grpc-status}. */
  static @Nullable Status read(Http2Headers trailers) {
    CharSequence number = trailers.get(GrpcNames.STATUS);
    if (number == null) {
      return null;
    }
    CharSequence message = trailers.get(GrpcNames.MESSAGE);
    return Status.of(code(number), message == null ? "" : GrpcMessage.decode(message));
  }

  /** What a reply that is not gRPC's means by its HTTP status (http-grpc-status-mapping.md). */
  static Code ofHttp(int status) {
    return switch (status) {
      case 400 -> Code.INTERNAL;
      case 401 -> Code.UNAUTHENTICATED;
      case 403 -> Code.PERMISSION_DENIED;
      case 404 -> Code.UNIMPLEMENTED;
      case 429, 502, 503, 504 -> Code.UNAVAILABLE;
      default -> Code.UNKNOWN;
    };
  }

  /** What a stream that was reset with this error code means (PROTOCOL-HTTP2.md, "Errors"). */
  static Code ofReset(long errorCode) {
    Http2Error error = Http2Error.valueOf(errorCode);
    if (error == null) {
      return Code.UNKNOWN;
    }
    return switch (error) {
      case REFUSED_STREAM -> Code.UNAVAILABLE;
      case CANCEL -> Code.CANCELLED;
      case ENHANCE_YOUR_CALM -> Code.RESOURCE_EXHAUSTED;
      case INADEQUATE_SECURITY -> Code.PERMISSION_DENIED;
      case HTTP_1_1_REQUIRED, STREAM_CLOSED -> Code.UNKNOWN;
      default -> Code.INTERNAL;
    };
  }

  private static Code code(CharSequence number) {
    int value = 0;
    for (int i = 0; i < number.length(); i++) {
      int digit = number.charAt(i) - '0';
      if (digit < 0 || digit > 9 || i == 3) {
        return Code.UNKNOWN;
      }
      value = 10 * value + digit;
    }
    return number.length() == 0 ? Code.UNKNOWN : Code.of(value);
  }

  private static AsciiString[] numbers() {
    Code[] codes = Code.values();
    AsciiString[] numbers = new AsciiString[codes.length];
    for (Code code : codes) {
      numbers[code.ordinal()] = AsciiString.cached(Integer.toString(code.ordinal()));
    }
    return numbers;
  }
}
