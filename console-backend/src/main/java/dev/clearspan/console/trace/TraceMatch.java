package dev.clearspan.console.trace;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Tests spans and traces against a {@link TraceQuery}. */
final class TraceMatch {
  private final TraceQuery query;
  private final long fromMicros;
  private final long toMicros;
  private final long minMicros;
  private final long maxMicros;

  TraceMatch(TraceQuery query) {
    this.query = query;
    this.fromMicros = micros(query.from(), 0);
    this.toMicros = micros(query.to(), Long.MAX_VALUE);
    this.minMicros = micros(query.minDuration(), 0);
    this.maxMicros = micros(query.maxDuration(), Long.MAX_VALUE);
  }

  boolean matches(TraceAssembly trace) {
    long start = trace.startMicros();
    if (start < fromMicros || start >= toMicros) {
      return false;
    }
    return query.asksForCalls() ? anySpan(trace, this::isWantedCall) : isWantedTrace(trace);
  }

  /** Whether the span meets every condition but the times of its trace. */
  boolean isWantedCall(ReadSpan span) {
    return (query.service() == null || span.concerns(query.service()))
        && (query.method() == null
            || span.method().equals(query.method())
            || span.name().equals(query.method()))
        && lasts(span.durationMicros())
        && hasStatus(span)
        && hasAttribute(span);
  }

  private boolean isWantedTrace(TraceAssembly trace) {
    return lasts(trace.durationMicros()) && hasStatus(trace) && anySpan(trace, this::hasAttribute);
  }

  private boolean lasts(long micros) {
    return micros >= minMicros && micros <= maxMicros;
  }

  private boolean hasStatus(ReadSpan span) {
    TraceQuery.StatusFilter status = query.status();
    if (status instanceof TraceQuery.StatusFilter.Succeeded) {
      return !span.isError();
    }
    if (status instanceof TraceQuery.StatusFilter.Failed) {
      return span.isError();
    }
    return !(status instanceof TraceQuery.StatusFilter.Code code)
        || span.code().equals(code.name());
  }

  private boolean hasStatus(TraceAssembly trace) {
    if (query.status() instanceof TraceQuery.StatusFilter.Succeeded) {
      return !anySpan(trace, ReadSpan::isError);
    }
    return anySpan(trace, this::hasStatus);
  }

  private boolean hasAttribute(ReadSpan span) {
    TraceQuery.AttributeFilter wanted = query.attribute();
    if (wanted == null) {
      return true;
    }
    return switch (wanted.key()) {
      case "service.name" -> span.service().equals(wanted.value());
      case "service.instance.id" -> span.instance().equals(wanted.value());
      default ->
          Objects.toString(span.attributes().get(wanted.key()), "").equals(wanted.value())
              && span.attributes().containsKey(wanted.key());
    };
  }

  private static boolean anySpan(TraceAssembly trace, Predicate<ReadSpan> test) {
    return StreamSupport.stream(trace.spans().spliterator(), false).anyMatch(test);
  }

  private static long micros(@Nullable Instant moment, long fallback) {
    if (moment == null) {
      return fallback;
    }
    long seconds = Math.max(0, Math.min(moment.getEpochSecond(), Long.MAX_VALUE / 2_000_000));
    return seconds * 1_000_000 + moment.getNano() / 1000;
  }

  private static long micros(@Nullable Duration duration, long fallback) {
    if (duration == null) {
      return fallback;
    }
    long seconds = Math.max(0, Math.min(duration.getSeconds(), Long.MAX_VALUE / 2_000_000));
    return seconds * 1_000_000 + duration.getNano() / 1000;
  }
}
