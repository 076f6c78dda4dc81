package dev.clearspan.console.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clearspan.console.problem.ProblemException;
import dev.clearspan.console.trace.TraceQuery;
import dev.clearspan.console.trace.TraceQuery.AttributeFilter;
import dev.clearspan.console.trace.TraceQuery.StatusFilter;
import dev.clearspan.console.web.Json;
import dev.clearspan.console.web.Query;
import io.javalin.http.Context;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the search parameters of Jaeger's query API; a bad one is answered with 422. */
final class JaegerQuery {
  static final int DEFAULT_LIMIT = 20;

  /** A row of this search is a whole trace. */
  static final int MAX_LIMIT = 100;

  private static final long MAX_MICROS = Long.MAX_VALUE / 1_000;
  private static final Pattern DURATION =
      Pattern.compile("(\\d{1,12}(?:\\.\\d{1,9})?)(ns|us|µs|ms|s|m|h)");

  private JaegerQuery() {}

  static TraceQuery of(Context context) {
    Map<String, String> tags = tags(context);
    StatusFilter status = status(tags.remove("error"));
    return new TraceQuery(
        Query.text(context, "service").orElse(null),
        Query.text(context, "operation").filter(text -> !text.equals("all")).orElse(null),
        status,
        duration(context, "minDuration"),
        duration(context, "maxDuration"),
        attribute(tags),
        moment(context, "start"),
        moment(context, "end"),
        (int) Query.integer(context, "limit", DEFAULT_LIMIT, 1, MAX_LIMIT));
  }

  private static Map<String, String> tags(Context context) {
    Map<String, String> tags = new LinkedHashMap<>();
    Query.text(context, "tags")
        .ifPresent(
            text ->
                object(text)
                    .properties()
                    .forEach(tag -> tags.put(tag.getKey(), tag.getValue().asText())));
    return tags;
  }

  private static JsonNode object(String text) {
    JsonNode tags = Json.lenient(text);
    if (!tags.isObject()) {
      throw ProblemException.invalid(
          "tags", "'" + text + "' (expected: a JSON object such as {\"error\":\"true\"})");
    }
    return tags;
  }

  private static StatusFilter status(@Nullable String error) {
    if (error == null) {
      return StatusFilter.ANY;
    }
    return switch (error) {
      case "true" -> StatusFilter.ERROR;
      case "false" -> StatusFilter.OK;
      default ->
          throw ProblemException.invalid(
              "tags", "error is '" + error + "' (expected: true or false)");
    };
  }

  private static @Nullable AttributeFilter attribute(Map<String, String> tags) {
    if (tags.size() > 1) {
      throw ProblemException.invalid(
          "tags", tags.keySet() + " (expected: at most one tag besides error)");
    }
    return tags.entrySet().stream()
        .map(tag -> new AttributeFilter(tag.getKey(), tag.getValue()))
        .findFirst()
        .orElse(null);
  }

  private static @Nullable Instant moment(Context context, String name) {
    return Query.text(context, name).isEmpty()
        ? null
        : Instant.EPOCH.plus(Query.integer(context, name, 0, 0, MAX_MICROS), ChronoUnit.MICROS);
  }

  private static @Nullable Duration duration(Context context, String name) {
    return Query.text(context, name).map(text -> duration(name, text)).orElse(null);
  }

  private static Duration duration(String name, String text) {
    Matcher matcher = DURATION.matcher(text);
    if (!matcher.matches()) {
      throw ProblemException.invalid(
          name, "'" + text + "' (expected: a number and ns, us, ms, s, m or h, such as 1.5s)");
    }
    BigDecimal nanos =
        new BigDecimal(matcher.group(1)).multiply(BigDecimal.valueOf(nanos(matcher.group(2))));
    return Duration.ofNanos(nanos.min(BigDecimal.valueOf(Long.MAX_VALUE)).longValue());
  }

  private static long nanos(String unit) {
    return switch (unit) {
      case "ns" -> 1;
      case "us", "µs" -> 1_000;
      case "ms" -> 1_000_000;
      case "s" -> 1_000_000_000;
      case "m" -> Duration.ofMinutes(1).toNanos();
      default -> Duration.ofHours(1).toNanos();
    };
  }
}
