package dev.clearspan.rpc.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clearspan.rpc.Status.Code;
import dev.clearspan.rpc.internal.transport.FakeTransport;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** The waits between attempts, as they are at most. */
class RetryWaitsTest extends ChannelFixture {
  /** Draws the largest of what it may. */
  private static final class Longest implements RandomGenerator {
    @Override
    public long nextLong() {
      return 0;
    }

    @Override
    public long nextLong(long bound) {
      return bound - 1;
    }
  }

  @Test
  void thePolicySaysWhereBackoffBeginsAndEnds() {
    registry.put(1);
    open(builder -> builder.random(new Longest()));
    policy(
        """
        {"service": {"retry": {"maxAttempts": 4, "initialBackoff": "0.040s", "maxBackoff": "0.060s",
           "retryableCodes": ["ABORTED"]}}}
        """);
    List<Long> atMillis = new ArrayList<>();
    peer(1)
        .answers(
            request -> {
              atMillis.add(clock.nanos() / 1_000_000);
              return FakeTransport.status(Code.ABORTED);
            });

    start(GET);
    clock.advanceMillis(900);

    assertThat(atMillis).hasSize(4);
    assertThat(atMillis.get(1) - atMillis.get(0)).isBetween(40L, 44L);
    assertThat(atMillis.get(2) - atMillis.get(1)).isBetween(60L, 64L);
    assertThat(atMillis.get(3) - atMillis.get(2)).isBetween(60L, 64L);
  }

  @Test
  void backoffBeginsAtAHundredMillisecondsAndDoubles() {
    registry.put(1);
    open(builder -> builder.random(new Longest()));
    policy("{\"service\": {\"retry\": {\"maxAttempts\": 4}}}");
    List<Long> atMillis = new ArrayList<>();
    peer(1)
        .answers(
            request -> {
              atMillis.add(clock.nanos() / 1_000_000);
              return FakeTransport.status(Code.UNAVAILABLE);
            });

    start(GET);
    clock.advanceMillis(900);

    // The wheel of timers runs them up to 4 ms late.
    assertThat(atMillis).hasSize(4);
    assertThat(atMillis.get(1) - atMillis.get(0)).isBetween(100L, 104L);
    assertThat(atMillis.get(2) - atMillis.get(1)).isBetween(200L, 204L);
    assertThat(atMillis.get(3) - atMillis.get(2)).isBetween(400L, 404L);
  }
}
