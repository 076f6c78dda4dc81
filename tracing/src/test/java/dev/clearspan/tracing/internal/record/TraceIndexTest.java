package dev.clearspan.tracing.internal.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Records are found by their trace for as long as they are there. */
class TraceIndexTest {
  private static final int SLOTS = 64;

  private final RecordRing ring = new RecordRing(SLOTS);
  private final TraceIndex index = new TraceIndex(ring);
  private final SpanRecord copy = new SpanRecord();

  @Test
  void recordsOfATraceAreFoundNewestFirst() {
    for (int i = 0; i < 10; i++) {
      write(ring, 7, i);
      write(ring, 1_000 + i, 99);
    }
    assertThat(spansOf(7)).containsExactly(9L, 8L, 7L, 6L, 5L, 4L, 3L, 2L, 1L, 0L);
    assertThat(spansOf(8)).isEmpty();
  }

  @Test
  void whatIsOverwrittenIsNotFound() {
    for (int i = 0; i < 3 * SLOTS; i++) {
      write(ring, i % 5, i);
    }
    for (int trace = 0; trace < 5; trace++) {
      assertThat(spansOf(trace)).hasSizeBetween(SLOTS / 5, SLOTS / 5 + 1);
      assertThat(spansOf(trace)).allSatisfy(span -> assertThat(span).isGreaterThan(2 * SLOTS - 1));
    }
  }

  @Test
  void whatWasWrittenSinceTheLastLookIsFoundBesideTheRest() {
    write(ring, 7, 1);
    assertThat(spansOf(7)).containsExactly(1L);
    for (int i = 0; i < SLOTS - 2; i++) {
      write(ring, 100 + i, 99);
    }
    write(ring, 7, 2);
    assertThat(spansOf(7)).containsExactly(2L, 1L);
    write(ring, 8, 99);
    assertThat(spansOf(7)).as("the first was overwritten").containsExactly(2L);
  }

  @Test
  void whatIsOverwrittenAfterTheLookIsTheEndOfTheChain() {
    write(ring, 7, 1);
    index.catchUp();
    for (int i = 0; i < SLOTS; i++) {
      write(ring, 7, 2);
    }
    assertThat(ring.read(index.newest(7), copy.words)).isFalse();
  }

  @Test
  void positionsBeyondAnIntAreFoundToo() {
    RecordRing old = new RecordRing(SLOTS, (1L << 32) - 3);
    TraceIndex oldIndex = new TraceIndex(old);
    long last = 0;
    for (int i = 0; i < 10; i++) {
      last = write(old, 7, i);
    }
    oldIndex.catchUp();
    assertThat(oldIndex.newest(7)).isEqualTo(last);
    assertThat(oldIndex.before(last)).isEqualTo(last - 1);
  }

  private List<Long> spansOf(long trace) {
    index.catchUp();
    List<Long> spans = new ArrayList<>();
    long at = index.newest(trace);
    while (at != TraceIndex.NONE && ring.read(at, copy.words)) {
      if (copy.isOf(0, trace)) {
        spans.add(copy.spanId());
      }
      at = index.before(at);
    }
    return spans;
  }

  private static long write(RecordRing into, long trace, long span) {
    int at = into.begin();
    into.set(at, Field.TRACE_HIGH, 0);
    into.set(at, Field.TRACE_LOW, trace);
    into.set(at, Field.SPAN, span);
    return into.publish(at);
  }
}
