package dev.clearspan.rpc.internal.netty;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class CollectGuardTest {
  @Test
  void oursAreAlwaysListenedTo() {
    CollectGuard guard = new CollectGuard(0);
    for (int i = 1; i <= 1_000; i++) {
      assertThat(guard.admits(TimeUnit.MILLISECONDS.toNanos(100L * i))).isTrue();
    }
  }

  @Test
  void aFloodIsListenedToTwentyTimesASecond() {
    CollectGuard guard = new CollectGuard(0);
    int admitted = 0;
    for (int i = 0; i < 10_000; i++) {
      admitted += guard.admits(TimeUnit.MILLISECONDS.toNanos(i)) ? 1 : 0;
    }
    assertThat(admitted).isBetween(10 * 20, 11 * 20 + 1);
  }
}
