package dev.clearspan.ctl.console;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** One request, being put together. Not thread-safe. */
public final class Call {
  private static final String NOT_FOR_FORMS = "%20";

  private final String method;
  private final StringJoiner query = new StringJoiner("&", "?", "").setEmptyValue("");
  private String path;
  private @Nullable JsonNode body;
  private @Nullable Long revision;

  private Call(String method, String path) {
    this.method = method;
    this.path = path;
  }

  public static Call of(Operation operation) {
    return new Call(operation.method(), operation.path());
  }

  /** A request by its method and path, for what has no command. */
  public static Call raw(String method, String pathAndQuery) {
    return new Call(method, pathAndQuery);
  }

  /** Fills in a variable of the path. */
  public Call with(String variable, String value) {
    path = path.replace("{" + variable + "}", encoded(value));
    return this;
  }

  /** Adds a parameter, unless there is no value. */
  public Call query(String name, @Nullable Object value) {
    if (value != null) {
      query.add(name + "=" + encoded(value.toString()));
    }
    return this;
  }

  public Call body(@Nullable JsonNode json) {
    body = json;
    return this;
  }

  /** Only if this is still the revision: compare and set. */
  public Call ifRevision(@Nullable Long seen) {
    revision = seen;
    return this;
  }

  String method() {
    return method;
  }

  String pathAndQuery() {
    return path + query;
  }

  @Nullable JsonNode body() {
    return body;
  }

  @Nullable Long revision() {
    return revision;
  }

  private static String encoded(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", NOT_FOR_FORMS);
  }
}
