package dev.clearspan.console.web;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.TextNode;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import com.fasterxml.jackson.databind.type.LogicalType;
import dev.clearspan.console.problem.ProblemException;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * JSON as the public API speaks it: instants as ISO-8601, unknown and repeated fields refused, at
 * most {@value #MAX_DEPTH} levels deep. Thread-safe.
 */
public final class Json {
  public static final int MAX_DEPTH = 32;

  private static final ObjectMapper MAPPER = mapper();

  private Json() {}

  /** How a constant is written in answers. */
  static Object word(Object constant) {
    return MAPPER.convertValue(constant, Object.class);
  }

  private static ObjectMapper mapper() {
    JsonFactory factory =
        JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(
                StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
            .build();
    ObjectMapper mapper =
        JsonMapper.builder(factory)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .addModule(new SimpleModule().addSerializer(Instant.class, ToStringSerializer.instance))
            .build();
    for (LogicalType type : new LogicalType[] {LogicalType.Integer, LogicalType.Boolean}) {
      mapper
          .coercionConfigFor(type)
          .setCoercion(CoercionInputShape.String, CoercionAction.Fail)
          .setCoercion(CoercionInputShape.EmptyString, CoercionAction.Fail);
    }
    return mapper;
  }

  /** The text of a value of ours. */
  public static String write(Object value) {
    try {
      return MAPPER.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The text of a value of ours, indented for people. */
  public static String pretty(Object value) {
    try {
      return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A registry's value, to be shown: as JSON if it is some, else as the text that it is. */
  public static JsonNode lenient(String text) {
    try {
      return MAPPER.readTree(text);
    } catch (JsonProcessingException e) {
      return TextNode.valueOf(text);
    }
  }

  /**
   * Reads a stored document, whose fields of newer versions are skipped.
   *
   * @throws ProblemException naming the field that is wrong
   */
  public static <T> T stored(JsonNode document, Class<T> type) {
    try {
      return MAPPER
          .readerFor(type)
          .without(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .readValue(document);
    } catch (JsonMappingException e) {
      throw invalid(e, type);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Answers with a value. */
  public static void answer(Context context, Object value) {
    context.contentType("application/json").result(write(value));
  }

  /** Reads the request's body; what is wrong with it is answered with 400, 415 or 422. */
  public static <T> T body(Context context, Class<T> type) {
    try {
      T value = MAPPER.readValue(text(context), type);
      if (value == null) {
        throw ProblemException.malformed("The body is null (expected: a JSON object)");
      }
      return value;
    } catch (UnrecognizedPropertyException e) {
      throw ProblemException.invalid(path(e), "unknown field (known: " + known(e) + ")");
    } catch (JsonMappingException e) {
      throw invalid(e, type);
    } catch (JsonProcessingException e) {
      throw ProblemException.malformed("The body is not valid JSON: " + where(e));
    }
  }

  /** The request's body as text, if it claims to be JSON and is not empty. */
  public static String text(Context context) {
    String contentType = context.contentType();
    if (contentType == null
        || !contentType.toLowerCase(Locale.ROOT).startsWith("application/json")) {
      throw ProblemException.status(
          415,
          "Unsupported Media Type",
          "Content-Type: " + contentType + " (expected: application/json)");
    }
    String body = context.body();
    if (body.isBlank()) {
      throw ProblemException.malformed("The body is empty (expected: a JSON object)");
    }
    return body;
  }

  private static ProblemException invalid(JsonMappingException e, Class<?> type) {
    if (e.getCause() instanceof ProblemException problem) {
      return problem;
    }
    if (e.getCause() instanceof JsonParseException || e.getPath().isEmpty()) {
      return ProblemException.malformed(
          "The body is not a valid " + type.getSimpleName() + ": " + where(e));
    }
    return ProblemException.invalid(path(e), firstLine(e.getOriginalMessage()));
  }

  private static String known(UnrecognizedPropertyException e) {
    return e.getKnownPropertyIds().stream()
        .map(String::valueOf)
        .sorted()
        .collect(Collectors.joining(", "));
  }

  private static String path(JsonMappingException e) {
    return StreamSupport.stream(e.getPath().spliterator(), false)
        .map(step -> step.getFieldName() == null ? "" + step.getIndex() : step.getFieldName())
        .collect(Collectors.joining("."));
  }

  private static String where(JsonProcessingException e) {
    String message = firstLine(e.getOriginalMessage());
    return e.getLocation() == null
        ? message
        : message
            + " (line "
            + e.getLocation().getLineNr()
            + ", column "
            + e.getLocation().getColumnNr()
            + ")";
  }

  private static String firstLine(String message) {
    return message
        .lines()
        .findFirst()
        .orElse("")
        .replaceAll("`?(java|dev)\\.[\\w.$]+\\.([A-Z])", "$2");
  }
}
