package dev.clearspan.protoc;

import java.util.Locale;
import javax.lang.model.SourceVersion;

/** Java spellings of protobuf names. */
final class JavaNames {
  private JavaNames() {}

  /** protoc's camel case: letters after a digit or a separator become capitals. */
  static String camelCase(String name, boolean capitalFirst) {
    StringBuilder result = new StringBuilder();
    boolean capital = capitalFirst;
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (isLetter(c)) {
        boolean lowerFirst = result.isEmpty() && !capitalFirst;
        result.append(lowerFirst ? lower(c) : capital ? upper(c) : c);
        capital = false;
      } else {
        capital = true;
        if (Character.isDigit(c)) {
          result.append(c);
        }
      }
    }
    return result.toString();
  }

  /** {@code PlaceOrder} as a method: {@code placeOrder}; keywords get an underscore. */
  static String method(String rpc) {
    return identifier(camelCase(rpc, false));
  }

  /** {@code PlaceOrder} as a constant: {@code PLACE_ORDER}. */
  static String constant(String rpc) {
    String words =
        camelCase(rpc, true)
            .replaceAll("([a-z0-9])([A-Z])", "$1_$2")
            .replaceAll("([A-Z])([A-Z][a-z])", "$1_$2");
    return identifier(words.toUpperCase(Locale.ROOT));
  }

  private static String identifier(String name) {
    if (SourceVersion.isKeyword(name)) {
      return name + "_";
    }
    return SourceVersion.isIdentifier(name) ? name : "_" + name + (name.isEmpty() ? "_" : "");
  }

  private static boolean isLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  private static char lower(char c) {
    return Character.toLowerCase(c);
  }

  private static char upper(char c) {
    return Character.toUpperCase(c);
  }
}
