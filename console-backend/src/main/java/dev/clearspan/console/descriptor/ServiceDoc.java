package dev.clearspan.console.descriptor;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a service offers, from its live descriptors: what documentation shows and what a form for
 * calls is made of.
 *
 * @param versions contracts that instances have now, the oldest first
 * @param hash the one that is described
 * @param services in the order of the files
 * @param types all that the methods use, by full name, at most 2,000
 */
public record ServiceDoc(
    String service,
    List<LiveVersion> versions,
    String hash,
    List<ProtoService> services,
    Map<String, TypeDoc> types) {

  /**
   * A service of a .proto.
   *
   * @param comment empty: none; Java servers publish none
   */
  public record ProtoService(
      String name, String file, String comment, boolean deprecated, List<MethodDoc> methods) {}

  /**
   * A method.
   *
   * @param method full name, {@code package.Service/Method}
   * @param shape {@code unary}, {@code server_streaming}, {@code client_streaming} or {@code
   *     bidi_streaming}
   * @param kind {@code QUERY}, {@code WRITE} or {@code EXTERNAL}
   * @param idempotency {@code NO_SIDE_EFFECTS}, {@code IDEMPOTENT} or {@code UNKNOWN}
   * @param confirm whether invoking it has to be confirmed: twice is not the same as once
   * @param skeleton a request with every field, one of each oneof
   */
  public record MethodDoc(
      String method,
      String name,
      String shape,
      String kind,
      String idempotency,
      boolean confirm,
      boolean deprecated,
      String comment,
      String requestType,
      String responseType,
      JsonNode skeleton) {}

  /**
   * A message or an enum.
   *
   * @param fields of a message
   * @param values of an enum
   */
  public record TypeDoc(
      String name,
      String file,
      String comment,
      boolean deprecated,
      List<FieldDoc> fields,
      List<ValueDoc> values) {}

  /**
   * A field.
   *
   * @param type as in the .proto: {@code int64}, {@code shop.Money}, {@code map<string, int32>}
   * @param reference the type of the message or enum, if it is one of the types; else null
   * @param oneof the oneof it is a part of; null: none
   * @param optional whether unset and default are told apart
   * @param fallback proto2's default; null: none is declared
   */
  @JsonInclude
  public record FieldDoc(
      String name,
      String jsonName,
      int number,
      String type,
      @Nullable String reference,
      boolean repeated,
      boolean required,
      boolean optional,
      @Nullable String oneof,
      @Nullable String fallback,
      boolean deprecated,
      String comment) {}

  /** A value of an enum. */
  public record ValueDoc(String name, int number, boolean deprecated, String comment) {}
}
