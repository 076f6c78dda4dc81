package dev.clearspan.console.trace;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/**
 * Where traces are kept, how long and how many.
 *
 * @param directory holds the file {@code traces.mv.db}; made if missing
 * @param retention age after which a slice is dropped
 * @param maxBytes size the file should not exceed; the oldest slices go first
 * @param slice how long one slice takes what arrives
 * @param searchTime after which a search answers with what it has
 */
public record TraceStoreConfig(
    Path directory, Duration retention, long maxBytes, Duration slice, Duration searchTime) {
  private static final long SMALLEST_BYTES = 4L << 20;

  public TraceStoreConfig {
    if (maxBytes < SMALLEST_BYTES) {
      throw new IllegalArgumentException(
          "trace store size: " + maxBytes + " (expected: at least " + SMALLEST_BYTES + " bytes)");
    }
    if (retention.isNegative() || retention.isZero() || slice.isNegative() || slice.isZero()) {
      throw new IllegalArgumentException(
          "trace retention: " + retention + ", slice: " + slice + " (expected: both > 0)");
    }
  }

  /** 24 hours and 2 GiB, in slices of an hour. */
  public static TraceStoreConfig in(Path directory) {
    return new TraceStoreConfig(
        directory, Duration.ofHours(24), 2L << 30, Duration.ofHours(1), Duration.ofSeconds(2));
  }

  /**
   * Reads {@code CLEARSPAN_TRACE_HOURS} and {@code CLEARSPAN_TRACE_BYTES}; what is unset keeps its
   * default.
   *
   * @throws IllegalArgumentException naming the variable, its value and what was expected
   */
  public static TraceStoreConfig fromEnvironment(Path directory, Map<String, String> environment) {
    TraceStoreConfig standard = in(directory);
    return standard
        .withRetention(
            Duration.ofHours(
                number(environment, "CLEARSPAN_TRACE_HOURS", standard.retention.toHours())))
        .withMaxBytes(number(environment, "CLEARSPAN_TRACE_BYTES", standard.maxBytes));
  }

  public TraceStoreConfig withRetention(Duration newRetention) {
    return new TraceStoreConfig(directory, newRetention, maxBytes, slice, searchTime);
  }

  public TraceStoreConfig withMaxBytes(long newMaxBytes) {
    return new TraceStoreConfig(directory, retention, newMaxBytes, slice, searchTime);
  }

  public TraceStoreConfig withSlice(Duration newSlice) {
    return new TraceStoreConfig(directory, retention, maxBytes, newSlice, searchTime);
  }

  private static long number(Map<String, String> environment, String name, long fallback) {
    String text = environment.get(name);
    if (text == null) {
      return fallback;
    }
    try {
      return Long.parseLong(text.strip());
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(name + ": \"" + text + "\" (expected: a number)", e);
    }
  }
}
