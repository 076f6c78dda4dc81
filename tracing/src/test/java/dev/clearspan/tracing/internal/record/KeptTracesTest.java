package dev.clearspan.tracing.internal.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class KeptTracesTest {
  private long now;
  private final KeptTraces kept = new KeptTraces(() -> now);

  @Test
  void aTraceIsKeptForAMinute() {
    assertThat(kept.contains(7)).isFalse();
    assertThat(kept.add(7)).as("new").isTrue();
    assertThat(kept.add(7)).as("new").isFalse();
    now += TimeUnit.SECONDS.toNanos(59);
    assertThat(kept.contains(7)).isTrue();
    now += TimeUnit.SECONDS.toNanos(1);
    assertThat(kept.contains(7)).isFalse();
    assertThat(kept.add(7)).as("new again").isTrue();
  }

  @Test
  void keepingItAgainKeepsItLonger() {
    kept.add(7);
    now += TimeUnit.SECONDS.toNanos(40);
    kept.add(7);
    now += TimeUnit.SECONDS.toNanos(40);
    assertThat(kept.contains(7)).isTrue();
  }

  @Test
  void theNewestAreRememberedHoweverManyThereAre() {
    Random ids = new Random(1);
    long[] last = new long[KeptTraces.CAPACITY / 8];
    for (int i = 0; i < 10 * KeptTraces.CAPACITY; i++) {
      last[i % last.length] = ids.nextLong();
      now++;
      kept.add(last[i % last.length]);
    }
    long remembered = Arrays.stream(last).filter(kept::contains).count();
    assertThat(remembered).isGreaterThan((long) (last.length * 0.99));
  }
}
