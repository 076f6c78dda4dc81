package dev.clearspan.tracing.internal.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class EpochClockTest {
  private static final long SECOND = 1_000_000_000;

  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);
  private final AtomicLong epochSeconds = new AtomicLong(1_000);
  private final EpochClock clock =
      new EpochClock(
          nanos::get,
          new Clock() {
            @Override
            public Instant instant() {
              return Instant.ofEpochSecond(epochSeconds.get());
            }

            @Override
            public ZoneOffset getZone() {
              return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(java.time.ZoneId zone) {
              return this;
            }
          });

  @Test
  void withinASecondTimeRunsByTheMonotonicClock_alsoOverItsOverflow() {
    epochSeconds.set(5_000);

    assertThat(clock.epochNanos(nanos.get() + 10)).isEqualTo(1_000 * SECOND + 10);
    assertThat(clock.epochNanos(nanos.get() - 10)).isEqualTo(1_000 * SECOND - 10);
  }

  @Test
  void afterASecondTheWallClockIsAskedAgain() {
    nanos.addAndGet(2 * SECOND);
    epochSeconds.set(1_003);

    assertThat(clock.nowEpochNanos()).isEqualTo(1_003 * SECOND);
  }
}
