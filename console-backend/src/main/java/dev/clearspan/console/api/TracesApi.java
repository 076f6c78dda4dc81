package dev.clearspan.console.api;

import dev.clearspan.console.problem.Absence;
import dev.clearspan.console.problem.ProblemException;
import dev.clearspan.console.recorder.AbsenceReport;
import dev.clearspan.console.trace.Failure;
import dev.clearspan.console.trace.LogStore;
import dev.clearspan.console.trace.Trace;
import dev.clearspan.console.trace.TraceId;
import dev.clearspan.console.trace.TraceLogs;
import dev.clearspan.console.trace.TraceQuery;
import dev.clearspan.console.trace.TraceQuery.StatusFilter;
import dev.clearspan.console.trace.TraceSearch;
import dev.clearspan.console.trace.TraceStore;
import dev.clearspan.console.trace.TraceStoreException;
import dev.clearspan.console.web.Access;
import dev.clearspan.console.web.Api;
import dev.clearspan.console.web.Json;
import dev.clearspan.console.web.Query;
import dev.clearspan.console.web.Route;
import dev.clearspan.console.web.Types;
import io.javalin.http.Context;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Traces: searched, opened by ID, and the failed calls among them. */
public final class TracesApi implements Api {
  private static final String LIMIT = "limit";
  private static final int DEFAULT_FAILURES = 50;
  private static final int MAX_FAILURES = 1000;
  private static final long LONGEST_MILLIS = Duration.ofDays(1).toMillis();
  private static final Pattern CODE = Pattern.compile("[A-Za-z][A-Za-z0-9_.$]{0,127}");

  private static final int DEFAULT_LINES = 1_000;
  private static final int MAX_LINES = 10_000;

  private final TraceStore store;
  private final LogStore logs;
  private final AbsenceReport absences;

  public TracesApi(TraceStore store, LogStore logs, AbsenceReport absences) {
    this.store = store;
    this.logs = logs;
    this.absences = absences;
  }

  @Override
  public List<Route> routes() {
    return List.of(search(), trace(), logs(), failures());
  }

  private Route search() {
    return Route.get("/api/v1/traces")
        .access(Access.VIEWER)
        .summary(
            "Searches traces, newest first; one whose root has not come yet is listed 3 s later")
        .query("service", "string", "Service that made, served or was the target of a call")
        .query("method", "string", "Full method name, such as shop.Orders/Place")
        .query("status", "string", "ok, error, or a code's name such as UNAVAILABLE")
        .query(
            "minDurationMillis",
            "integer",
            "Shortest call; of the trace, without service and method")
        .query(
            "maxDurationMillis",
            "integer",
            "Longest call; of the trace, without service and method")
        .query("attribute", "string", "key:value of a span's attribute")
        .query("from", "string", "Earliest start, ISO-8601 UTC")
        .query("to", "string", "Latest start, exclusive, ISO-8601 UTC")
        .query(LIMIT, "integer", "Traces to return, 1 to " + TraceQuery.MAX_LIMIT + "; default 100")
        .gives(TraceSearch.class)
        .handledBy(context -> Json.answer(context, stored(() -> store.search(query(context)))));
  }

  private Route trace() {
    return Route.get("/api/v1/traces/{traceId}")
        .access(Access.VIEWER)
        .summary("Shows all spans of a trace; of one that is not stored, why")
        .gives(Trace.class)
        .handledBy(context -> Json.answer(context, find(context.pathParam("traceId"))));
  }

  private Route logs() {
    return Route.get("/api/v1/traces/{traceId}/logs")
        .access(Access.VIEWER)
        .summary("Lists what was logged within a trace, the earliest lines first")
        .query(
            LIMIT, "integer", "Lines to return, 1 to " + MAX_LINES + "; default " + DEFAULT_LINES)
        .gives(TraceLogs.class)
        .handledBy(
            context -> {
              TraceId id = id(context.pathParam("traceId"));
              int limit = (int) Query.integer(context, LIMIT, DEFAULT_LINES, 1, MAX_LINES);
              Json.answer(context, stored(() -> logs.logs(id, limit)));
            });
  }

  private Route failures() {
    return Route.get("/api/v1/failures")
        .access(Access.VIEWER)
        .summary("Lists the newest failed calls")
        .query(
            LIMIT,
            "integer",
            "Calls to return, 1 to " + MAX_FAILURES + "; default " + DEFAULT_FAILURES)
        .gives(Types.listOf(Failure.class))
        .handledBy(
            context ->
                Json.answer(
                    context,
                    store.failures(
                        (int) Query.integer(context, LIMIT, DEFAULT_FAILURES, 1, MAX_FAILURES))));
  }

  private Trace find(String text) {
    TraceId id = id(text);
    return stored(() -> store.find(id)).orElseThrow(() -> absent(id));
  }

  private static TraceId id(String text) {
    return TraceId.parse(text)
        .orElseThrow(
            () ->
                ProblemException.invalid(
                    "traceId", "'" + brief(text) + "' (expected: 32 hex digits, not all zero)"));
  }

  private ProblemException absent(TraceId id) {
    Absence absence = stored(() -> absences.of(id));
    return ProblemException.absent(AbsenceWords.of(id, absence), absence);
  }

  private static TraceQuery query(Context context) {
    Instant from = Query.instant(context, "from").orElse(null);
    Instant to = Query.instant(context, "to").orElse(null);
    if (from != null && to != null && !from.isBefore(to)) {
      throw ProblemException.invalid("to", "'" + to + "' (expected: after from, " + from + ")");
    }
    Duration min = millis(context, "minDurationMillis");
    Duration max = millis(context, "maxDurationMillis");
    if (min != null && max != null && max.compareTo(min) < 0) {
      throw ProblemException.invalid(
          "maxDurationMillis",
          max.toMillis() + " (expected: at least minDurationMillis, " + min.toMillis() + ")");
    }
    return new TraceQuery(
        Query.text(context, "service").orElse(null),
        Query.text(context, "method").orElse(null),
        Query.text(context, "status").map(TracesApi::status).orElse(StatusFilter.ANY),
        min,
        max,
        Query.text(context, "attribute").map(TracesApi::attribute).orElse(null),
        from,
        to,
        (int) Query.integer(context, LIMIT, TraceQuery.DEFAULT_LIMIT, 1, TraceQuery.MAX_LIMIT));
  }

  private static StatusFilter status(String text) {
    if (!CODE.matcher(text).matches()) {
      throw ProblemException.invalid(
          "status", "'" + brief(text) + "' (expected: ok, error, or a code such as UNAVAILABLE)");
    }
    return StatusFilter.parse(text);
  }

  private static TraceQuery.AttributeFilter attribute(String text) {
    int colon = text.indexOf(':');
    if (colon < 1) {
      throw ProblemException.invalid("attribute", "'" + brief(text) + "' (expected: key:value)");
    }
    return new TraceQuery.AttributeFilter(text.substring(0, colon), text.substring(colon + 1));
  }

  private static @Nullable Duration millis(Context context, String name) {
    Optional<String> text = Query.text(context, name);
    return text.isEmpty()
        ? null
        : Duration.ofMillis(Query.integer(context, name, 0, 0, LONGEST_MILLIS));
  }

  private static String brief(String text) {
    return text.length() <= 100 ? text : text.substring(0, 100) + "...";
  }

  private static <T> T stored(Supplier<T> reading) {
    try {
      return reading.get();
    } catch (TraceStoreException e) {
      throw ProblemException.unavailable(String.valueOf(e.getMessage()));
    }
  }
}
