package dev.clearspan.tracing.internal.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** What is read is whole, for as long as it is there. */
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
                  if (field != Field.SEQUENCE) {
                    ring.set(at, field, i);
                  }
                }
                ring.publish(at);
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
      if (field != Field.SEQUENCE) {
        assertThat(copy.words[field]).isEqualTo(position);
      }
    }
  }

  private long write(long trace, long span) {
    int at = ring.begin();
    ring.set(at, Field.TRACE_HIGH, 0);
    ring.set(at, Field.TRACE_LOW, trace);
    ring.set(at, Field.SPAN, span);
    return ring.publish(at);
  }
}
