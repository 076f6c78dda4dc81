package dev.clearspan.console.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * JSON schemas of the records that the API takes and gives, made from the records themselves: what
 * is {@code @Nullable} may be null, in bodies also absent.
 */
final class Schemas {
  private final Map<String, Object> components = new TreeMap<>();

  /** All schemas that {@link #of} referred to, by name. */
  Map<String, Object> components() {
    return components;
  }

  Map<String, Object> of(Type type) {
    if (type instanceof ParameterizedType parameterized) {
      return container(
          (Class<?>) parameterized.getRawType(),
          of(
              parameterized
                  .getActualTypeArguments()[parameterized.getActualTypeArguments().length - 1]));
    }
    return ofClass((Class<?>) type);
  }

  private static Map<String, Object> container(Class<?> raw, Map<String, Object> content) {
    return Map.class.isAssignableFrom(raw)
        ? ordered("type", "object", "additionalProperties", content)
        : ordered("type", "array", "items", content);
  }

  private Map<String, Object> ofClass(Class<?> type) {
    if (type == String.class) {
      return ordered("type", "string");
    } else if (type == Instant.class) {
      return ordered("type", "string", "format", "date-time");
    } else if (type == boolean.class || type == Boolean.class) {
      return ordered("type", "boolean");
    } else if (type == double.class || type == Double.class) {
      return ordered("type", "number");
    } else if (type == int.class
        || type == long.class
        || type == Integer.class
        || type == Long.class) {
      return ordered("type", "integer");
    } else if (type.isEnum()) {
      return ordered("type", "string", "enum", words(type));
    } else if (type.isRecord()) {
      return reference(type);
    }
    return ordered();
  }

  private Map<String, Object> reference(Class<?> record) {
    String name = name(record);
    if (!components.containsKey(name)) {
      components.put(name, Map.of());
      components.put(name, object(record));
    }
    return ordered("$ref", "#/components/schemas/" + name);
  }

  /** Nested records carry the name of what they belong to. */
  private static String name(Class<?> record) {
    Class<?> outer = record.getDeclaringClass();
    return outer == null ? record.getSimpleName() : name(outer) + record.getSimpleName();
  }

  private Map<String, Object> object(Class<?> record) {
    Map<String, Object> properties = new LinkedHashMap<>();
    List<String> required = new ArrayList<>();
    boolean nullsLeftOut = leavesNullsOut(record.getAnnotation(JsonInclude.class));
    for (RecordComponent component : record.getRecordComponents()) {
      boolean nullable = component.getAnnotatedType().isAnnotationPresent(Nullable.class);
      Map<String, Object> schema = of(component.getAnnotatedType());
      properties.put(component.getName(), nullable ? orNull(schema) : schema);
      boolean optional =
          nullable
              && (nullsLeftOut
                  || record.getSimpleName().endsWith("Request")
                  || leavesNullsOut(component.getAccessor().getAnnotation(JsonInclude.class)));
      if (!optional) {
        required.add(component.getName());
      }
    }
    Map<String, Object> object = ordered("type", "object", "properties", properties);
    if (!required.isEmpty()) {
      object.put("required", required);
    }
    return object;
  }

  private Map<String, Object> of(AnnotatedType type) {
    if (type instanceof AnnotatedParameterizedType parameterized) {
      AnnotatedType[] arguments = parameterized.getAnnotatedActualTypeArguments();
      Class<?> raw = (Class<?>) ((ParameterizedType) parameterized.getType()).getRawType();
      return container(raw, of(arguments[arguments.length - 1]));
    }
    return of(type.getType());
  }

  private static boolean leavesNullsOut(@Nullable JsonInclude include) {
    return include != null && include.value() == JsonInclude.Include.NON_NULL;
  }

  private static Map<String, Object> orNull(Map<String, Object> schema) {
    if (schema.isEmpty()) {
      return schema;
    }
    if (schema.get("type") instanceof String type && !schema.containsKey("enum")) {
      Map<String, Object> nullable = new LinkedHashMap<>(schema);
      nullable.put("type", List.of(type, "null"));
      return nullable;
    }
    return ordered("anyOf", List.of(schema, ordered("type", "null")));
  }

  private static List<Object> words(Class<?> type) {
    return Arrays.stream(type.getEnumConstants()).map(Json::word).toList();
  }

  static Map<String, Object> ordered(Object... keysAndValues) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      map.put((String) keysAndValues[i], keysAndValues[i + 1]);
    }
    return map;
  }
}
