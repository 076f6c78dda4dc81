package dev.clearspan.console.web;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Types of bodies that a class literal cannot say. */
public final class Types {
  private Types() {}

  /** {@code List<element>}. */
  public static Type listOf(Class<?> element) {
    return new ListType(element);
  }

  private record ListType(Class<?> element) implements ParameterizedType {
    @Override
    public Type[] getActualTypeArguments() {
      return new Type[] {element};
    }

    @Override
    public Type getRawType() {
      return List.class;
    }

    @Override
    public @Nullable Type getOwnerType() {
      return null;
    }
  }
}
