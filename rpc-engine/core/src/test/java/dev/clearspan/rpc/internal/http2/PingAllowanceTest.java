package dev.clearspan.rpc.internal.http2;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clearspan.rpc.internal.netty.PeerWatch;
import dev.clearspan.rpc.internal.netty.PeerWatch.Verdict;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** How often a stock gRPC server is pinged, on a clock of the test's own. */
class PingAllowanceTest {
  private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);

  private final PingAllowance allowance = new PingAllowance();

  @Test
  void twoPingsForEachReplyAndOneInFiveMinutesWithout() {
    assertThat(allowance.test(0)).isTrue();
    assertThat(allowance.test(1)).isTrue();
    assertThat(allowance.test(5 * MINUTE)).isFalse();
    assertThat(allowance.test(6 * MINUTE)).isTrue();
    assertThat(allowance.test(7 * MINUTE)).isFalse();
    allowance.replyHeard();
    assertThat(allowance.test(7 * MINUTE)).isTrue();
  }

  @Test
  void aDayOfSilentCallsEarnsNoThirdStrike() {
    StockEnforcer server = new StockEnforcer();
    PeerWatch watch = new PeerWatch(5_000, allowance);
    long now = MINUTE;
    watch.begin(now);
    long looks = TimeUnit.HOURS.toMillis(24) / PeerWatch.LOOK_MILLIS;
    for (long i = 0; i < looks; i++) {
      now += TimeUnit.MILLISECONDS.toNanos(PeerWatch.LOOK_MILLIS);
      if (watch.look(true, now) == Verdict.PING) {
        assertThat(server.accepts(now)).isTrue();
        watch.heard();
      }
      if (i % 40_000 == 39_999) {
        server.replies();
        allowance.replyHeard();
      }
    }
    assertThat(server.pings).isGreaterThan(200);
  }

  @Test
  void aServerThatStopsIsNoticedThoughNoMorePingsAreAllowed() {
    PeerWatch watch = new PeerWatch(500, now -> now < 100);
    assertThat(watch.look(true, 50)).isEqualTo(Verdict.PING);
    long now = 50;
    Verdict last = Verdict.NOTHING;
    for (int i = 0; i < 10; i++) {
      now += TimeUnit.MILLISECONDS.toNanos(100);
      last = watch.look(true, now);
    }
    assertThat(last).isEqualTo(Verdict.SILENT);
  }

  /** What grpc-java's server holds against pings by default, after its KeepAliveEnforcer. */
  private static final class StockEnforcer {
    private static final long PERMITTED = 5 * MINUTE;
    private static final int MOST_STRIKES = 2;

    private boolean replied = true;
    private long lastGood;
    private int strikes;
    private int pings;

    void replies() {
      replied = true;
      strikes = 0;
    }

    boolean accepts(long now) {
      pings++;
      if (replied || now - lastGood >= PERMITTED) {
        replied = false;
        lastGood = now;
        return true;
      }
      return ++strikes <= MOST_STRIKES;
    }
  }
}
