package dev.clearspan.console.invoke;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.DynamicMessage;
import dev.clearspan.console.problem.ProblemException;
import dev.clearspan.console.web.Json;
import dev.clearspan.rpc.generic.GenericMethod;
import dev.clearspan.rpc.generic.InvalidJsonException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the messages that are to be sent. */
final class Requests {
  private static final int MOST = 100;

  private Requests() {}

  /**
   * The messages: one for a method that takes one, any number for others.
   *
   * @throws ProblemException 422 naming the field at fault
   */
  static List<DynamicMessage> read(InvokeRequest request, GenericMethod method) {
    List<JsonNode> several = request.requests();
    if (several == null) {
      return List.of(message("request", request.request(), method));
    }
    if (request.request() != null) {
      throw ProblemException.invalid("requests", "beside request (expected: one of the two)");
    }
    boolean streams = method.spec().shape().clientStreams();
    if (several.size() > MOST || (!streams && several.size() != 1)) {
      throw ProblemException.invalid(
          "requests",
          several.size()
              + " messages (expected: "
              + (streams
                  ? "at most " + MOST
                  : "1, since " + method.spec().fullName() + " takes one")
              + ")");
    }
    List<DynamicMessage> messages = new ArrayList<>();
    for (int i = 0; i < several.size(); i++) {
      messages.add(message("requests." + i, several.get(i), method));
    }
    return messages;
  }

  private static DynamicMessage message(
      String field, @Nullable JsonNode json, GenericMethod method) {
    try {
      return method.request().read(json == null || json.isNull() ? "{}" : Json.write(json));
    } catch (InvalidJsonException e) {
      String path = e.field().isEmpty() ? field : field + "." + e.field();
      throw ProblemException.invalid(path, reason(e, method));
    }
  }

  /** What protobuf says is wrong, without the texts around it that the field says already. */
  private static String reason(InvalidJsonException e, GenericMethod method) {
    Throwable cause = e.getCause();
    return (cause == null ? e : cause).getMessage()
        + " (expected: JSON of "
        + method.descriptor().getInputType().getFullName()
        + ")";
  }
}
