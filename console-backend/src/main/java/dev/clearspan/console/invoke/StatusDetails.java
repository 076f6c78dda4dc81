package dev.clearspan.console.invoke;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnknownFieldSet;
import com.google.protobuf.util.JsonFormat;
import com.google.protobuf.util.JsonFormat.TypeRegistry;
import dev.clearspan.console.web.Json;
import dev.clearspan.rpc.Metadata;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Details of gRPC's rich error model ({@code google.rpc.Status}, field 3, in a trailer). Those
 * whose type is among the service's own are shown as JSON, the others by type and bytes.
 */
record StatusDetails(TypeRegistry types) {
  private static final String KEY = "grpc-status-details-bin";
  private static final int DETAILS = 3;
  private static final int MOST = 20;

  /** Knows the types of the file and of all that it imports. */
  static StatusDetails of(FileDescriptor root) {
    TypeRegistry.Builder types = TypeRegistry.newBuilder();
    Set<FileDescriptor> seen = new HashSet<>();
    Deque<FileDescriptor> open = new ArrayDeque<>(List.of(root));
    while (!open.isEmpty()) {
      FileDescriptor file = open.pop();
      if (seen.add(file)) {
        types.add(file.getMessageTypes());
        open.addAll(file.getDependencies());
      }
    }
    return new StatusDetails(types.build());
  }

  /** The first 20 of them; none if the trailer is missing or no such message. */
  List<JsonNode> read(Metadata trailers) {
    byte[] status = trailers.firstBinary(KEY);
    if (status == null) {
      return List.of();
    }
    try {
      return UnknownFieldSet.parseFrom(status).getField(DETAILS).getLengthDelimitedList().stream()
          .limit(MOST)
          .map(this::detail)
          .toList();
    } catch (InvalidProtocolBufferException e) {
      return List.of();
    }
  }

  private JsonNode detail(ByteString bytes) {
    try {
      return shown(Any.parseFrom(bytes));
    } catch (InvalidProtocolBufferException e) {
      return raw("", bytes.toByteArray());
    }
  }

  private JsonNode shown(Any detail) {
    try {
      return Json.lenient(
          JsonFormat.printer()
              .usingTypeRegistry(types)
              .omittingInsignificantWhitespace()
              .print(detail));
    } catch (InvalidProtocolBufferException e) {
      return raw(detail.getTypeUrl(), detail.getValue().toByteArray());
    }
  }

  private static JsonNode raw(String type, byte[] bytes) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("@type", type)
        .put("base64", Base64.getEncoder().encodeToString(bytes));
  }
}
