package dev.clearspan.rpc.generic;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import com.google.protobuf.util.JsonFormat.TypeRegistry;

/** protobuf's JSON form of one message type. Immutable. */
public final class JsonForm {
  private final String what;
  private final Descriptor type;
  private final JsonFormat.Parser parser;
  private final JsonFormat.Printer printer;

  JsonForm(String what, Descriptor type, TypeRegistry anyTypes) {
    this.what = what;
    this.type = type;
    this.parser = JsonFormat.parser().usingTypeRegistry(anyTypes);
    this.printer =
        JsonFormat.printer().usingTypeRegistry(anyTypes).omittingInsignificantWhitespace();
  }

  /**
   * Reads a message.
   *
   * @throws InvalidJsonException if the text is no such message; it names the field at fault
   */
  public DynamicMessage read(String json) {
    DynamicMessage.Builder message = DynamicMessage.newBuilder(type);
    try {
      parser.merge(json, message);
      return message.build();
    } catch (InvalidProtocolBufferException | RuntimeException e) {
      throw invalid(new JsonFault(parser).path(type, json), e);
    }
  }

  /**
   * Writes a message, on one line.
   *
   * @throws IllegalArgumentException if an Any in it is of a type that the descriptors don't have
   */
  public String write(DynamicMessage message) {
    try {
      return printer.print(message);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalArgumentException(
          what + " has no JSON form: " + e.getMessage() + " (expected: types of its descriptors)",
          e);
    }
  }

  private InvalidJsonException invalid(String path, Exception cause) {
    String field = path.isEmpty() ? "" : "field " + path + ": ";
    return new InvalidJsonException(
        "%s: %s%s (expected: JSON of %s)"
            .formatted(what, field, cause.getMessage(), type.getFullName()),
        path,
        cause);
  }
}
