package dev.clearspan.rpc.internal.http1;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnknownFieldSet;
import dev.clearspan.rpc.Metadata;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * Rich details of an error. A handler gives them as gRPC does: a serialised {@code
 * google.rpc.Status} in the metadata {@value #KEY}, whose third field holds them.
 */
final class ErrorDetails {
  static final String KEY = "grpc-status-details-bin";

  private static final int DETAILS = 3;
  private static final Base64.Encoder BASE64 = Base64.getEncoder().withoutPadding();

  private ErrorDetails() {}

  /**
   * One detail.
   *
   * @param type full name of its message
   * @param base64 the message, without padding
   */
  record Detail(String type, String base64) {}

  /** The details in the metadata; none if what is there is no status. */
  static List<Detail> of(Metadata metadata) {
    byte[] status = metadata.firstBinary(KEY);
    if (status == null) {
      return List.of();
    }
    List<Detail> details = new ArrayList<>();
    try {
      UnknownFieldSet.Field packed = UnknownFieldSet.parseFrom(status).getField(DETAILS);
      for (ByteString each : packed.getLengthDelimitedList()) {
        Any any = Any.parseFrom(each);
        String type = any.getTypeUrl().substring(any.getTypeUrl().lastIndexOf('/') + 1);
        details.add(new Detail(type, BASE64.encodeToString(any.getValue().toByteArray())));
      }
    } catch (InvalidProtocolBufferException e) {
      return List.of();
    }
    return details;
  }
}
