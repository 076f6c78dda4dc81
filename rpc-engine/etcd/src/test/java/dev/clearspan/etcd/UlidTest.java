package dev.clearspan.etcd;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

final class UlidTest {
  @Test
  void firstTenCharactersAreTheTime() {
    Clock clock = Clock.fixed(Instant.ofEpochMilli(1_469_918_176_385L), ZoneOffset.UTC);

    assertThat(new Ulid(clock).next()).startsWith("01ARYZ6S41").hasSize(26);
  }

  @Test
  void idsOfOneMillisecondSort() {
    Ulid ids = new Ulid(Clock.fixed(Instant.ofEpochMilli(1), ZoneOffset.UTC));
    List<String> made = new ArrayList<>();
    for (int i = 0; i < 10_000; i++) {
      made.add(ids.next());
    }

    assertThat(made).isSorted();
    assertThat(new HashSet<>(made)).hasSize(10_000);
  }

  @Test
  void clockThatStepsBackDoesNotBreakTheOrder() {
    Clock forward = Clock.fixed(Instant.ofEpochMilli(5_000), ZoneOffset.UTC);
    SteppingClock clock = new SteppingClock(forward);
    Ulid ids = new Ulid(clock);
    String before = ids.next();
    clock.now = Clock.offset(forward, Duration.ofSeconds(-3));

    assertThat(ids.next()).isGreaterThan(before);
  }

  private static final class SteppingClock extends Clock {
    private Clock now;

    SteppingClock(Clock now) {
      this.now = now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }

    @Override
    public Instant instant() {
      return now.instant();
    }
  }
}
