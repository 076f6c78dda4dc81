package dev.clearspan.console.invoke;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A call to be made.
 *
 * @param service name in the registry
 * @param method full name, {@code package.Service/Method}
 * @param instance which one is called; null: up to three are drawn by weight
 * @param request the message in protobuf's JSON form; null: an empty one
 * @param requests in place of it, where the method takes a stream; at most 100
 * @param metadata sent along; values of keys that end in {@code -bin} are base64
 * @param deadlineMillis 1 to 60,000; null: 5,000
 * @param maxMessages of a stream that is answered, 1 to 1,000; null: 100
 * @param confirm true for methods that are not declared idempotent: twice is not the same as once
 */
public record InvokeRequest(
    @Nullable String service,
    @Nullable String method,
    @Nullable String instance,
    @Nullable JsonNode request,
    @Nullable List<JsonNode> requests,
    @Nullable Map<String, String> metadata,
    @Nullable Long deadlineMillis,
    @Nullable Integer maxMessages,
    @Nullable Boolean confirm) {

  /** Without payload and metadata, which may hold secrets. */
  @Override
  public String toString() {
    return method + " of " + service + (instance == null ? "" : " on " + instance);
  }
}
