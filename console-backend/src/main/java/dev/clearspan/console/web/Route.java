package dev.clearspan.console.web;

import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One endpoint: where it is, who may use it, what it takes and gives, and what it does. The router,
 * the access checks and the OpenAPI document all derive from it.
 *
 * @param path with {@code {name}} for path parameters
 * @param body type of the JSON body; null when it takes none
 * @param answer type of the JSON answer; null when it has none
 * @param foreign whether the protocol is somebody else's, whose clients may send parameters that
 *     are not looked at
 */
public record Route(
    HandlerType method,
    String path,
    Access access,
    String summary,
    List<Parameter> parameters,
    @Nullable Type body,
    @Nullable Type answer,
    boolean foreign,
    Handler handler) {

  public Route {
    parameters = List.copyOf(parameters);
  }

  /** Names of the query parameters, in the order of the document. */
  public List<String> queryParameters() {
    return parameters.stream()
        .filter(parameter -> parameter.in().equals("query"))
        .map(Parameter::name)
        .toList();
  }

  /** Whether the route changes something. */
  public boolean mutates() {
    return method != HandlerType.GET;
  }

  public static Builder get(String path) {
    return new Builder(HandlerType.GET, path);
  }

  public static Builder post(String path) {
    return new Builder(HandlerType.POST, path);
  }

  public static Builder put(String path) {
    return new Builder(HandlerType.PUT, path);
  }

  public static Builder delete(String path) {
    return new Builder(HandlerType.DELETE, path);
  }

  /** Collects a route's parts; the access is {@link Access#ADMIN} unless said otherwise. */
  public static final class Builder {
    private final HandlerType method;
    private final String path;
    private final List<Parameter> parameters = new ArrayList<>();
    private Access access = Access.ADMIN;
    private String summary = "";
    private @Nullable Type body;
    private @Nullable Type answer;
    private boolean foreign;

    private Builder(HandlerType method, String path) {
      this.method = method;
      this.path = path;
    }

    public Builder access(Access value) {
      access = value;
      return this;
    }

    /** One sentence that says what the route does. */
    public Builder summary(String value) {
      summary = value;
      return this;
    }

    public Builder query(String name, String type, String description) {
      parameters.add(new Parameter(name, "query", type, false, description));
      return this;
    }

    public Builder requiredQuery(String name, String type, String description) {
      parameters.add(new Parameter(name, "query", type, true, description));
      return this;
    }

    public Builder ifMatch(boolean required) {
      String description = "Revision the change replaces, in quotes; \"0\": there must be none";
      parameters.add(new Parameter("If-Match", "header", "string", required, description));
      return this;
    }

    public Builder takes(Type value) {
      body = value;
      return this;
    }

    public Builder gives(Type value) {
      answer = value;
      return this;
    }

    /** Marks a protocol of somebody else: parameters that it does not name are not looked at. */
    public Builder foreign() {
      foreign = true;
      return this;
    }

    public Route handledBy(Handler handler) {
      return new Route(method, path, access, summary, parameters, body, answer, foreign, handler);
    }
  }
}
