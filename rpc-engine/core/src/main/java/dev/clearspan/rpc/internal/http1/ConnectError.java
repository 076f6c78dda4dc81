package dev.clearspan.rpc.internal.http1;

import dev.clearspan.rpc.Metadata;
import dev.clearspan.rpc.Status;
import io.netty.handler.codec.http.FullHttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Errors in Connect's JSON form (connectrpc.com/docs/protocol, "Error"). */
final class ConnectError {
  private ConnectError() {}

  /** An error without details. */
  static FullHttpResponse reply(Status status) {
    return reply(status, Metadata.EMPTY);
  }

  /** An error; its details are taken from the metadata if they are there. */
  static FullHttpResponse reply(Status status, Metadata metadata) {
    byte[] body = json(status, metadata).getBytes(StandardCharsets.UTF_8);
    return HttpReply.of(ConnectStatus.http(status.code()), HttpReply.JSON, body);
  }

  private static String json(Status status, Metadata metadata) {
    StringBuilder error = new StringBuilder(128);
    error.append("{\"code\":");
    JsonText.quote(ConnectStatus.name(status.code()), error);
    if (!status.message().isEmpty()) {
      error.append(",\"message\":");
      JsonText.quote(status.message(), error);
    }
    List<ErrorDetails.Detail> details = ErrorDetails.of(metadata);
    if (!details.isEmpty()) {
      error.append(",\"details\":[");
      for (int i = 0; i < details.size(); i++) {
        error.append(i == 0 ? "" : ",");
        append(details.get(i), error);
      }
      error.append(']');
    }
    return error.append('}').toString();
  }

  private static void append(ErrorDetails.Detail detail, StringBuilder error) {
    error.append("{\"type\":");
    JsonText.quote(detail.type(), error);
    error.append(",\"value\":");
    JsonText.quote(detail.base64(), error);
    error.append('}');
  }
}
