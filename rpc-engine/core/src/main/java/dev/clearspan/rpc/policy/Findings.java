package dev.clearspan.rpc.policy;

import static java.util.stream.Collectors.joining;

import dev.clearspan.rpc.Status;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Collects what is wrong with a document, each with field, value and expectation. */
class Findings {
  private final List<Violation> violations = new ArrayList<>();

  List<Violation> all() {
    return List.copyOf(violations);
  }

  void found(String field, String value, String expected) {
    violations.add(new Violation(field, value, expected));
  }

  /** Zero is protobuf's "not set". */
  void whole(String field, int value, int max) {
    if (value < 0 || value > max) {
      found(field, String.valueOf(value), "1 to " + max);
    }
  }

  void within(String field, double value, double min, double max) {
    if (!(value >= min && value <= max)) {
      found(field, number(value), number(min) + " to " + number(max));
    }
  }

  /** Zero is protobuf's "not set". */
  void share(String field, double value) {
    if (!(value >= 0 && value <= 1)) {
      found(field, number(value), "more than 0, at most 1");
    }
  }

  /** A status code by its gRPC name. */
  void code(String field, String name, Set<Status.Code> allowed) {
    if (allowed.stream().noneMatch(code -> code.name().equals(name))) {
      found(
          field,
          name,
          allowed.stream().sorted().map(Enum::name).collect(joining(", ", "one of ", "")));
    }
  }

  void atMost(String field, int entries, int max) {
    if (entries > max) {
      found(field, entries + " entries", "at most " + max);
    }
  }

  void duration(
      String field, boolean set, com.google.protobuf.Duration value, Duration min, Duration max) {
    if (set && !(compare(value, min) >= 0 && compare(value, max) <= 0)) {
      found(field, seconds(java(value)), seconds(min) + " to " + seconds(max));
    }
  }

  void ordered(
      String field,
      com.google.protobuf.Duration lower,
      com.google.protobuf.Duration upper,
      String lowerName) {
    if (compare(upper, java(lower)) < 0) {
      found(field, seconds(java(upper)), "at least " + lowerName + ", " + seconds(java(lower)));
    }
  }

  private static int compare(com.google.protobuf.Duration value, Duration bound) {
    return java(value).compareTo(bound);
  }

  private static Duration java(com.google.protobuf.Duration value) {
    // Far outside of protobuf's range Duration would overflow; every bound is far inside.
    long seconds = Math.max(-315_576_000_000L, Math.min(315_576_000_000L, value.getSeconds()));
    return Duration.ofSeconds(seconds, value.getNanos());
  }

  /** As protobuf's JSON writes durations. */
  static String seconds(Duration value) {
    return number(value.getSeconds() + value.getNano() / 1e9) + "s";
  }

  static String number(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? String.valueOf((long) value)
        : String.valueOf(value);
  }
}
