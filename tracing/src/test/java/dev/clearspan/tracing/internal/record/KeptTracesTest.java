package dev.clearspan.tracing.internal.record;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clearspan.rpc.time.FakeClock;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

class KeptTracesTest {
  private final FakeClock clock = new FakeClock();
  private final KeptTraces kept = new KeptTraces(clock);

  @Test
  void aTraceIsKeptForAMinute() {
    assertThat(kept.contains(7)).isFalse();
    assertThat(kept.add(7)).as("new").isTrue();
    assertThat(kept.add(7)).as("new").isFalse();
    clock.advance(Duration.ofSeconds(59));
    assertThat(kept.contains(7)).isTrue();
    clock.advance(Duration.ofSeconds(1));
    assertThat(kept.contains(7)).isFalse();
    assertThat(kept.add(7)).as("new again").isTrue();
  }

  @Test
  void keepingItAgainKeepsItLonger() {
    kept.add(7);
    clock.advance(Duration.ofSeconds(40));
    kept.add(7);
    clock.advance(Duration.ofSeconds(40));
    assertThat(kept.contains(7)).isTrue();
  }

  @Test
  void theNewestAreRememberedHoweverManyThereAre() {
    Random ids = new Random(1);
    long[] last = new long[KeptTraces.CAPACITY / 8];
    for (int i = 0; i < 10 * KeptTraces.CAPACITY; i++) {
      last[i % last.length] = ids.nextLong();
      clock.advance(Duration.ofNanos(1));
      kept.add(last[i % last.length]);
    }
    long remembered = java.util.Arrays.stream(last).filter(kept::contains).count();
    assertThat(remembered).isGreaterThan((long) (last.length * 0.99));
  }
}
