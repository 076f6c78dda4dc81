package dev.clearspan.tracing.internal.span;

import dev.clearspan.tracing.internal.record.RecentRecords;
import dev.clearspan.tracing.internal.record.Shape;
import dev.clearspan.tracing.internal.record.SpanRecord;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Works out once a second, from what the rings have, the 99th percentile of methods for which slow
 * is a multiple of it. A method with fewer than {@value #FEWEST} calls there has none, and none of
 * its calls is slow. Used by the recorder's thread.
 */
final class SlowLearner {
  static final int FEWEST = 100;

  private static final int MOST_PER_LANE = 8_192;
  private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Catalogue catalogue;
  private final RecentRecords records;
  private long learnedNanos;

  SlowLearner(Catalogue catalogue, RecentRecords records) {
    this.catalogue = catalogue;
    this.records = records;
  }

  /** Learns, if it is time to. */
  void turn(long nowNanos) {
    if (nowNanos - learnedNanos < PAUSE_NANOS || !catalogue.hasSlowFactors()) {
      return;
    }
    learnedNanos = nowNanos;
    Map<Integer, Durations> called = new HashMap<>();
    Map<Integer, Durations> own = new HashMap<>();
    records.forEach(MOST_PER_LANE, record -> add(record, called, own));
    called.forEach(
        (number, durations) -> {
          CalledMethod method = catalogue.called(number);
          if (method != null) {
            method.rule = durations.teach(method.rule);
          }
        });
    own.forEach(
        (number, durations) -> {
          OwnMethod method = catalogue.own(number);
          if (method != null) {
            method.rule = durations.teach(method.rule);
          }
        });
  }

  private static void add(
      SpanRecord record, Map<Integer, Durations> called, Map<Integer, Durations> own) {
    if (record.part() != Shape.Part.ATTEMPT) {
      Map<Integer, Durations> side = record.part() == Shape.Part.SERVED ? own : called;
      side.computeIfAbsent(record.method(), first -> new Durations()).add(record.durationNanos());
    }
  }

  /** How long the calls of one method took. */
  private static final class Durations {
    private long[] nanos = new long[64];
    private int size;

    void add(long duration) {
      if (size == nanos.length) {
        nanos = Arrays.copyOf(nanos, 2 * size);
      }
      nanos[size++] = duration;
    }

    MethodRule teach(MethodRule rule) {
      if (rule.slowFactor() == 0 || size < FEWEST) {
        return rule;
      }
      Arrays.sort(nanos, 0, size);
      return rule.withP99(nanos[size - 1 - size / 100]);
    }
  }
}
