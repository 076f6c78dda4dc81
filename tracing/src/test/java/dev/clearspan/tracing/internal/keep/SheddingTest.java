package dev.clearspan.tracing.internal.keep;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clearspan.rpc.ledger.TraceHash;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SheddingTest {
  private static final int LIMIT = 2_000;
  private static final long TURN_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  private final Random ids = new Random(1);
  private long now;
  private long shed;
  private final Shedding shedding = new Shedding(LIMIT, () -> shed, 0);

  @Test
  void belowTheLimitNothingIsShed() {
    assertThat(keptOf(10, LIMIT - 100)).isEqualTo(10 * (LIMIT - 100));
    assertThat(shedAtAnyThreshold()).isZero();
  }

  @Test
  void aStormIsCutToTheLimitAndToldOf() {
    keptOf(5, 100_000);
    long kept = keptOf(10, 100_000);
    assertThat(kept / 10).isBetween(LIMIT / 4L, LIMIT * 3L / 2);
    assertThat(shedAtAnyThreshold()).isEqualTo(shed);
    assertThat(shedding.shedAt(shedding.threshold())).isPositive();
  }

  @Test
  void afterTheStormAllIsKeptAgain() {
    keptOf(5, 100_000);
    assertThat(shedding.threshold()).isLessThan(TraceHash.END);
    keptOf(20, 10);
    assertThat(shedding.threshold()).isEqualTo(TraceHash.END);
  }

  @Test
  void aFullWayOutShedsWhateverTheRate() {
    for (int i = 0; i < 200; i++) {
      now += TURN_NANOS;
      shedding.look(now, 0.9);
    }
    assertThat(shedding.threshold()).isLessThan(TraceHash.END);
  }

  @Test
  void processesKeepTheSameTraces() {
    Shedding other = new Shedding(LIMIT, () -> 0, 0);
    keptOf(5, 100_000);
    for (int i = 0; i < 100; i++) {
      other.keptOne();
    }
    long trace = 0x5fd2c1aa90b3e417L;
    assertThat(shedding.sheds(trace)).isEqualTo(TraceHash.of(trace) >= shedding.threshold());
    assertThat(other.sheds(trace)).isFalse();
  }

  private long shedAtAnyThreshold() {
    long sum = 0;
    for (int threshold = 1; threshold <= TraceHash.END; threshold <<= 1) {
      sum += shedding.shedAt(threshold);
    }
    return sum;
  }

  private long keptOf(int seconds, int tracesPerSecond) {
    long kept = 0;
    for (int turn = 0; turn < seconds * 50; turn++) {
      for (int i = 0; i < tracesPerSecond / 50; i++) {
        if (shedding.sheds(ids.nextLong())) {
          shed++;
        } else {
          shedding.keptOne();
          kept++;
        }
      }
      now += TURN_NANOS;
      shedding.look(now, 0);
    }
    return kept;
  }
}
