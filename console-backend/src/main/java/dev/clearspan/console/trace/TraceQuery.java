package dev.clearspan.console.trace;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What to search for. With a service or a method the subject is a call: one span must meet service,
 * method, status, attribute and durations together. Without both the subject is the trace: its
 * status and whole duration count, and the attribute may be on any span.
 *
 * @param service the span's own service, or the one a CLIENT span calls; so a refused call is found
 *     under its target
 * @param method full name, such as {@code shop.Orders/Place}
 * @param status which outcome
 * @param minDuration at least this long
 * @param maxDuration at most this long
 * @param attribute on the span; also {@code service.name} and {@code service.instance.id} of its
 *     process
 * @param from started at this moment or later
 * @param to started before this moment
 * @param limit traces to return, 1 to {@value #MAX_LIMIT}
 */
public record TraceQuery(
    @Nullable String service,
    @Nullable String method,
    StatusFilter status,
    @Nullable Duration minDuration,
    @Nullable Duration maxDuration,
    @Nullable AttributeFilter attribute,
    @Nullable Instant from,
    @Nullable Instant to,
    int limit) {

  public static final int MAX_LIMIT = 1000;
  public static final int DEFAULT_LIMIT = 100;

  /** The newest traces, whatever they are. */
  public static final TraceQuery NEWEST =
      new TraceQuery(null, null, StatusFilter.ANY, null, null, null, null, null, DEFAULT_LIMIT);

  public TraceQuery {
    if (limit < 1 || limit > MAX_LIMIT) {
      throw new IllegalArgumentException("limit: " + limit + " (expected: 1.." + MAX_LIMIT + ")");
    }
  }

  public TraceQuery withService(String newService) {
    return new TraceQuery(
        newService, method, status, minDuration, maxDuration, attribute, from, to, limit);
  }

  public TraceQuery withMethod(String newMethod) {
    return new TraceQuery(
        service, newMethod, status, minDuration, maxDuration, attribute, from, to, limit);
  }

  public TraceQuery withStatus(StatusFilter newStatus) {
    return new TraceQuery(
        service, method, newStatus, minDuration, maxDuration, attribute, from, to, limit);
  }

  public TraceQuery withDurations(@Nullable Duration newMin, @Nullable Duration newMax) {
    return new TraceQuery(service, method, status, newMin, newMax, attribute, from, to, limit);
  }

  public TraceQuery withAttribute(String key, String value) {
    return new TraceQuery(
        service,
        method,
        status,
        minDuration,
        maxDuration,
        new AttributeFilter(key, value),
        from,
        to,
        limit);
  }

  public TraceQuery withTimes(@Nullable Instant newFrom, @Nullable Instant newTo) {
    return new TraceQuery(
        service, method, status, minDuration, maxDuration, attribute, newFrom, newTo, limit);
  }

  public TraceQuery withLimit(int newLimit) {
    return new TraceQuery(
        service, method, status, minDuration, maxDuration, attribute, from, to, newLimit);
  }

  /** Whether one span must meet all conditions, rather than the trace as a whole. */
  boolean asksForCalls() {
    return service != null || method != null;
  }

  /** An attribute and its value as text. */
  public record AttributeFilter(String key, String value) {}

  /** Which outcome is asked for. */
  public sealed interface StatusFilter {
    StatusFilter ANY = new Any();
    StatusFilter OK = new Succeeded();
    StatusFilter ERROR = new Failed();

    /** Reads {@code ok}, {@code error} or a code's name such as {@code UNAVAILABLE}. */
    static StatusFilter parse(String text) {
      return switch (text) {
        case "ok", "OK" -> OK;
        case "error" -> ERROR;
        default -> new Code(text);
      };
    }

    /** Every outcome. */
    record Any() implements StatusFilter {}

    /** No error. */
    record Succeeded() implements StatusFilter {}

    /** Any error. */
    record Failed() implements StatusFilter {}

    /** One gRPC code, by name. */
    record Code(String name) implements StatusFilter {}
  }
}
