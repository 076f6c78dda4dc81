package dev.clearspan.console.invoke;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A call that was made, however it ended.
 *
 * @param instance the last attempt's; null: none was made
 * @param address "host:port" of the same
 * @param responses messages in protobuf's JSON form, in order; one of a unary method
 * @param truncated why there were more than these; null: they are all
 * @param headers metadata before the first message
 * @param trailers metadata with the status
 * @param attempts in the order in which they ended
 * @param traceId where all of it is to be seen
 * @param number its row in the log of invocations
 */
@JsonInclude
public record Invocation(
    String service,
    String method,
    @Nullable String instance,
    @Nullable String address,
    Ending status,
    List<JsonNode> responses,
    @Nullable String truncated,
    List<Pair> headers,
    List<Pair> trailers,
    double elapsedMillis,
    long deadlineMillis,
    List<Attempt> attempts,
    String traceId,
    long number) {

  /**
   * How it ended.
   *
   * @param code gRPC's name, such as {@code NOT_FOUND}
   * @param number gRPC's number
   * @param origin {@code server}, or {@code console} if the server did not say so
   * @param details of gRPC's rich error model, those of known types decoded
   */
  public record Ending(
      String code, int number, String message, String origin, List<JsonNode> details) {}

  /** An entry of metadata. */
  public record Pair(String key, String value) {}

  /**
   * An attempt.
   *
   * @param serverMillis what the server says it took; null: it does not say
   */
  @JsonInclude
  public record Attempt(
      int number,
      String kind,
      @Nullable String instance,
      @Nullable String address,
      String code,
      String outcome,
      double millis,
      @Nullable Double serverMillis) {}
}
