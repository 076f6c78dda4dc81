package dev.clearspan.tracing;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads single settings; blank counts as absent. What makes no sense is logged, and the fallback
 * taken.
 */
record EnvironmentVariables(Function<String, @Nullable String> lookup) {
  private static final Logger LOG = LoggerFactory.getLogger(EnvironmentVariables.class);

  /** Each also as a system property, in lower case with dots, which wins. */
  static EnvironmentVariables ofThisProcess() {
    return new EnvironmentVariables(
        name ->
            System.getProperty(
                name.toLowerCase(Locale.ROOT).replace('_', '.'), System.getenv(name)));
  }

  String text(String name, String fallback) {
    String value = lookup.apply(name);
    return value == null || value.isBlank() ? fallback : value.trim();
  }

  boolean has(String name) {
    return !text(name, "").isEmpty();
  }

  double number(String name, double fallback, double min, double max) {
    String text = text(name, "");
    if (text.isEmpty()) {
      return fallback;
    }
    try {
      double value = Double.parseDouble(text);
      if (value >= min && value <= max) {
        return value;
      }
    } catch (NumberFormatException e) {
      LOG.debug("{} is no number", name, e);
    }
    LOG.warn("{}: {} (expected: {} to {}); taking {}", name, text, min, max, fallback);
    return fallback;
  }

  /** {@code key=value,key=value}, values percent-encoded. */
  Map<String, String> pairs(String name) {
    Map<String, String> pairs = new LinkedHashMap<>();
    for (String pair : text(name, "").split(",", -1)) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        pairs.put(pair.substring(0, equals).trim(), decoded(pair.substring(equals + 1).trim()));
      } else if (!pair.isBlank()) {
        LOG.warn("{}: {} (expected: key=value); ignored", name, pair);
      }
    }
    return pairs;
  }

  private static String decoded(String value) {
    try {
      return URLDecoder.decode(value.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      LOG.warn("{} (expected: percent-encoded text); taken as it is: {}", value, e.getMessage());
      return value;
    }
  }
}
