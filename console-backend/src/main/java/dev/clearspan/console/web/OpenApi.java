package dev.clearspan.console.web;

import dev.clearspan.console.problem.Problem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The OpenAPI 3.1 document of the routes. It is made from the very table the router is made from,
 * so that it cannot say anything else.
 */
public final class OpenApi {
  private static final Pattern PATH_PARAMETER = Pattern.compile("\\{(\\w+)}");

  private static final String PREFIX = "/api/v1";

  private final Schemas schemas = new Schemas();

  private OpenApi() {}

  public static Map<String, Object> document(List<Route> routes, String version) {
    OpenApi openApi = new OpenApi();
    Map<String, Map<String, Object>> paths = new TreeMap<>();
    for (Route route : routes) {
      paths
          .computeIfAbsent(route.path(), path -> new LinkedHashMap<>())
          .put(route.method().name().toLowerCase(Locale.ROOT), openApi.operation(route));
    }
    openApi.schemas.of(Problem.class);
    return Schemas.ordered(
        "openapi",
        "3.1.0",
        "info",
        Schemas.ordered("title", "Clearspan console", "version", version),
        "paths",
        paths,
        "components",
        Schemas.ordered(
            "schemas", openApi.schemas.components(), "securitySchemes", securitySchemes()));
  }

  /** The document as text. */
  public static String text(List<Route> routes, String version) {
    return Json.pretty(document(routes, version));
  }

  private Map<String, Object> operation(Route route) {
    Map<String, Object> operation =
        Schemas.ordered(
            "operationId", operationId(route),
            "summary", route.summary(),
            "description", access(route),
            "parameters", parameters(route));
    if (route.body() != null) {
      operation.put(
          "requestBody",
          Schemas.ordered("required", true, "content", json(schemas.of(route.body()))));
    }
    operation.put("responses", responses(route));
    operation.put("security", security(route));
    operation.put("x-clearspan-access", route.access().name());
    return operation;
  }

  private static String access(Route route) {
    return switch (route.access()) {
      case OPEN -> "Open to everyone.";
      case LOOPBACK_OR_VIEWER -> "Open on the console's own machine; else the viewer role.";
      case VIEWER -> "Needs the viewer role.";
      case OPERATOR -> "Needs the operator role.";
      case ADMIN -> "Needs the admin role.";
    };
  }

  /** Method and path without signs, such as {@code putServicesPolicy}. */
  private static String operationId(Route route) {
    StringBuilder id = new StringBuilder(route.method().name().toLowerCase(Locale.ROOT));
    String path =
        route.path().startsWith(PREFIX)
            ? route.path().substring(PREFIX.length())
            : "/outside" + route.path();
    for (String part : path.split("[/._-]", -1)) {
      if (!part.isEmpty()) {
        String word = part.startsWith("{") ? "By" + upper(part.replaceAll("[{}]", "")) : part;
        id.append(upper(word));
      }
    }
    return id.toString();
  }

  private static String upper(String word) {
    return Character.toUpperCase(word.charAt(0)) + word.substring(1);
  }

  private static List<Object> parameters(Route route) {
    List<Object> parameters = new ArrayList<>();
    Matcher matcher = PATH_PARAMETER.matcher(route.path());
    while (matcher.find()) {
      parameters.add(parameter(new Parameter(matcher.group(1), "path", "string", true, "")));
    }
    route.parameters().forEach(parameter -> parameters.add(parameter(parameter)));
    return parameters;
  }

  private static Map<String, Object> parameter(Parameter parameter) {
    Map<String, Object> described =
        Schemas.ordered(
            "name", parameter.name(), "in", parameter.in(), "required", parameter.required());
    if (!parameter.description().isEmpty()) {
      described.put("description", parameter.description());
    }
    described.put("schema", Schemas.ordered("type", parameter.type()));
    return described;
  }

  private Map<String, Object> responses(Route route) {
    Map<String, Object> success =
        route.answer() == null
            ? Schemas.ordered("description", "Done")
            : Schemas.ordered(
                "description", "The answer", "content", json(schemas.of(route.answer())));
    Map<String, Object> problem =
        Schemas.ordered(
            "description",
            "A problem",
            "content",
            Schemas.ordered(
                "application/problem+json", Schemas.ordered("schema", schemas.of(Problem.class))));
    return Schemas.ordered(route.answer() == null ? "204" : "200", success, "default", problem);
  }

  private static Map<String, Object> json(Map<String, Object> schema) {
    return Schemas.ordered("application/json", Schemas.ordered("schema", schema));
  }

  private static List<Object> security(Route route) {
    return route.access() == Access.OPEN
        ? List.of()
        : List.of(Map.of("bearer", List.of()), Map.of("cookie", List.of()));
  }

  private static Map<String, Object> securitySchemes() {
    return Schemas.ordered(
        "bearer", Schemas.ordered("type", "http", "scheme", "bearer"),
        "cookie", Schemas.ordered("type", "apiKey", "in", "cookie", "name", "clearspan_session"));
  }
}
