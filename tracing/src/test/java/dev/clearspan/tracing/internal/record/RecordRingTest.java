package dev.clearspan.tracing.internal.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** What is read is whole, and found by its trace for as long as it is there. */
class RecordRingTest {
  private static final int SLOTS = 64;

  private final RecordRing ring = new RecordRing(SLOTS);
  private final SpanRecord copy = new SpanRecord();

  @Test
  void aRecordIsReadUntilItIsOverwritten() {
    long position = write(7, 1);
    assertThat(ring.read(position, copy.words)).isTrue();
    assertThat(copy.traceIdLow()).isEqualTo(7);
    for (int i = 0; i < SLOTS - 1; i++) {
      write(100 + i, i);
    }
    assertThat(ring.read(position, copy.words)).as("the oldest").isTrue();
    write(200, 0);
    assertThat(ring.read(position, copy.words)).as("overwritten").isFalse();
  }

  @Test
  void recordsOfATraceAreFoundNewestFirst() {
    for (int i = 0; i < 10; i++) {
      write(7, i);
      write(1_000 + i, 99);
    }
    assertThat(spansOf(7)).containsExactly(9L, 8L, 7L, 6L, 5L, 4L, 3L, 2L, 1L, 0L);
    assertThat(spansOf(8)).isEmpty();
  }

  @Test
  void whatIsOverwrittenIsNotFound() {
    for (int i = 0; i < 3 * SLOTS; i++) {
      write(i % 5, i);
    }
    for (int trace = 0; trace < 5; trace++) {
      assertThat(spansOf(trace)).hasSizeBetween(SLOTS / 5, SLOTS / 5 + 1);
      assertThat(spansOf(trace)).allSatisfy(span -> assertThat(span).isGreaterThan(2 * SLOTS - 1));
    }
  }

  @Test
  void positionsBeyondAnIntAreFoundToo() {
    RecordRing old = new RecordRing(SLOTS, (1L << 32) - 3);
    long last = 0;
    for (int i = 0; i < 10; i++) {
      last = write(old, 7, i);
    }
    assertThat(old.newest(7)).isEqualTo(last);
    assertThat(old.read(last, copy.words)).isTrue();
    assertThat(old.before(copy.words)).isEqualTo(last - 1);
  }

  /** Every field of a record says the same, so that a torn one shows. */
  @Test
  void readersNeverSeeATornRecord() throws InterruptedException {
    AtomicBoolean writing = new AtomicBoolean(true);
    Thread writer =
        new Thread(
            () -> {
              for (long i = 0; i < 3_000_000; i++) {
                int at = ring.begin();
                for (int field = 0; field < RecordRing.WORDS; field++) {
                  if (field != Field.SEQUENCE && field != Field.PREVIOUS) {
                    ring.set(at, field, i);
                  }
                }
                ring.publish(at, i);
              }
              writing.set(false);
            });
    writer.start();
    long read = 0;
    long refused = 0;
    while (writing.get()) {
      long position = ring.written() - 1;
      if (position >= 0 && ring.read(position, copy.words)) {
        read++;
        assertWhole(position);
      } else {
        refused++;
      }
      if (ring.written() > SLOTS && ring.read(ring.written() - SLOTS, copy.words)) {
        assertThat(copy.traceIdLow()).isEqualTo(copy.detail());
      }
    }
    writer.join();
    assertThat(read).as("read, while %s were refused", refused).isPositive();
  }

  private void assertWhole(long position) {
    for (int field = 0; field < RecordRing.WORDS; field++) {
      if (field != Field.SEQUENCE && field != Field.PREVIOUS) {
        assertThat(copy.words[field]).isEqualTo(position);
      }
    }
  }

  private List<Long> spansOf(long trace) {
    List<Long> spans = new ArrayList<>();
    for (long at = ring.newest(trace); at >= 0 && ring.read(at, copy.words); ) {
      if (copy.isOf(0, trace)) {
        spans.add(copy.spanId());
      }
      at = ring.before(copy.words);
    }
    return spans;
  }

  private long write(long trace, long span) {
    return write(ring, trace, span);
  }

  private static long write(RecordRing into, long trace, long span) {
    int at = into.begin();
    into.set(at, Field.TRACE_HIGH, 0);
    into.set(at, Field.TRACE_LOW, trace);
    into.set(at, Field.SPAN, span);
    return into.publish(at, trace);
  }
}
