package dev.clearspan.console.intake;

import com.google.protobuf.CodedOutputStream;
import dev.clearspan.rpc.Metadata;
import dev.clearspan.rpc.RpcException;
import dev.clearspan.rpc.Status;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * Refusals in the words of OTLP over gRPC (https://opentelemetry.io/docs/specs/otlp/#failures):
 * exporters send again after UNAVAILABLE, as late as its RetryInfo says, and drop what is answered
 * otherwise.
 */
final class GrpcRefusal {
  private static final long RETRY_SECONDS = 1;

  private GrpcRefusal() {}

  static RpcException of(Refusal refusal) {
    String message = String.valueOf(refusal.getMessage());
    Status.Code code = code(refusal.status());
    Metadata details =
        code == Status.Code.UNAVAILABLE
            ? Metadata.EMPTY.withBinary("grpc-status-details-bin", later(code, message))
            : Metadata.EMPTY;
    return new RpcException(
        Status.of(code, message), details, RpcException.Origin.LOCAL, null, null);
  }

  private static Status.Code code(int httpStatus) {
    return switch (httpStatus) {
      case 401 -> Status.Code.UNAUTHENTICATED;
      case 413 -> Status.Code.RESOURCE_EXHAUSTED;
      case 415, 501 -> Status.Code.UNIMPLEMENTED;
      case 429 -> Status.Code.UNAVAILABLE;
      default -> Status.Code.INVALID_ARGUMENT;
    };
  }

  /** A google.rpc.Status with a google.rpc.RetryInfo among its details. */
  private static byte[] later(Status.Code code, String message) {
    byte[] delay = encode(out -> out.writeInt64(1, RETRY_SECONDS));
    byte[] retryInfo = encode(out -> out.writeByteArray(1, delay));
    byte[] any =
        encode(
            out -> {
              out.writeString(1, "type.googleapis.com/google.rpc.RetryInfo");
              out.writeByteArray(2, retryInfo);
            });
    return encode(
        out -> {
          out.writeInt32(1, code.ordinal());
          out.writeString(2, message);
          out.writeByteArray(3, any);
        });
  }

  private interface Fields {
    void write(CodedOutputStream out) throws IOException;
  }

  private static byte[] encode(Fields fields) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    try {
      fields.write(out);
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
