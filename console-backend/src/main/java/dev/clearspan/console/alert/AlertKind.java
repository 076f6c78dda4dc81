package dev.clearspan.console.alert;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.clearspan.console.problem.ProblemException;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a rule looks at; the unit is that of its values and of its threshold. */
public enum AlertKind {
  /** Share of calls that fail, per service. */
  ERROR_SHARE("percent", 100),
  /** Median duration of calls, per service. */
  LATENCY_P50("ms", 100_000),
  /** 99th percentile of the duration of calls, per service. */
  LATENCY_P99("ms", 100_000),
  /** Calls a second, per service. */
  RATE("per_second", 1e9),
  /** How long a breaker is open by now, per caller, method and instance. */
  BREAKER_OPEN("seconds", 86_400),
  /** How long a process, or the console itself, has not heard of the registry. */
  DISCOVERY_AGE("seconds", 86_400),
  /** Records that recorders lose, per process. */
  TELEMETRY_LOSS("per_second", 1e9),
  /** Share of traces that recorders shed, per process. */
  TELEMETRY_SHED("percent", 100),
  /** Requests, spans and points that the console itself refuses. */
  INTAKE_REFUSED("per_second", 1e9),
  /** How long an instance is out of use by now, per instance. */
  INSTANCE_OUTAGE("seconds", 86_400);

  private final String unit;
  private final double most;

  AlertKind(String unit, double most) {
    this.unit = unit;
    this.most = most;
  }

  @JsonValue
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  String unit() {
    return unit;
  }

  /** The greatest threshold that makes sense. */
  double most() {
    return most;
  }

  /** Whether it measures calls within a window. */
  boolean ofCalls() {
    return compareTo(RATE) <= 0;
  }

  boolean takesService() {
    return this != INTAKE_REFUSED;
  }

  boolean takesMethod() {
    return ofCalls() || this == BREAKER_OPEN;
  }

  boolean takesCaller() {
    return ofCalls() || this == BREAKER_OPEN || this == DISCOVERY_AGE;
  }

  /** Whether something that is not listed any more is well again, rather than unseen. */
  boolean absentIsWell() {
    return this == BREAKER_OPEN || this == INSTANCE_OUTAGE;
  }

  @JsonCreator
  static AlertKind of(@Nullable String word) {
    return Arrays.stream(values())
        .filter(kind -> kind.word().equals(word))
        .findFirst()
        .orElseThrow(
            () ->
                ProblemException.invalid(
                    "kind",
                    "'"
                        + word
                        + "' (expected: one of "
                        + Arrays.stream(values())
                            .map(AlertKind::word)
                            .collect(Collectors.joining(", "))
                        + ")"));
  }
}
