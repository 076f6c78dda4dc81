package dev.clearspan.rpc.internal.netty;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clearspan.rpc.internal.netty.PeerWatch.Verdict;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** When a peer counts as silent, on a clock of the test's own. */
class PeerWatchTest {
  private final PeerWatch watch = new PeerWatch(500);
  private long now = TimeUnit.SECONDS.toNanos(7);

  @BeforeEach
  void begin() {
    watch.begin(now);
  }

  @Test
  void twoUnansweredPingsAreSilence() {
    assertThat(lookFor(100)).isEqualTo(Verdict.PING);
    assertThat(lookFor(400)).isEqualTo(Verdict.NOTHING);
    assertThat(lookFor(100)).isEqualTo(Verdict.PING);
    assertThat(lookFor(400)).isEqualTo(Verdict.NOTHING);
    assertThat(lookFor(100)).isEqualTo(Verdict.SILENT);
  }

  @Test
  void anyByteIsAnAnswer() {
    assertThat(lookFor(100)).isEqualTo(Verdict.PING);
    assertThat(lookFor(500)).isEqualTo(Verdict.PING);
    watch.heard();
    assertThat(lookFor(400)).isEqualTo(Verdict.NOTHING);
    assertThat(lookFor(100)).isEqualTo(Verdict.PING);
    assertThat(lookFor(500)).isEqualTo(Verdict.PING);
    assertThat(lookFor(500)).isEqualTo(Verdict.SILENT);
  }

  @Test
  void ownStallIsNotThePeersSilence() {
    assertThat(lookFor(100)).isEqualTo(Verdict.PING);
    assertThat(lookFor(500)).isEqualTo(Verdict.PING);
    now += TimeUnit.SECONDS.toNanos(20);
    assertThat(watch.look(true, now)).isEqualTo(Verdict.NOTHING);
    assertThat(lookFor(500)).isEqualTo(Verdict.SILENT);
  }

  @Test
  void withoutCallsNothingIsAsked() {
    now += TimeUnit.SECONDS.toNanos(9);
    assertThat(watch.look(false, now)).isEqualTo(Verdict.NOTHING);
  }

  @Test
  void underSuspicionItIsAskedWithoutCalls_andSilenceIsNoticedAsSoonAsWithThem() {
    watch.probe(true);
    assertThat(idleFor(100)).isEqualTo(Verdict.PING);
    assertThat(idleFor(400)).isEqualTo(Verdict.NOTHING);
    assertThat(idleFor(100)).isEqualTo(Verdict.PING);
    assertThat(idleFor(400)).isEqualTo(Verdict.NOTHING);
    assertThat(idleFor(100)).isEqualTo(Verdict.SILENT);
  }

  @Test
  void aSuspectThatAnswersIsAskedEverLessOften() {
    watch.probe(true);
    assertThat(answeredPings(1_000)).isEqualTo(1);
    assertThat(answeredPings(1_100)).isEqualTo(1);
    int unused = answeredPings(60_000);
    assertThat(answeredPings(800_000)).isBetween(49, 100);
    watch.probe(false);
    watch.probe(true);
    assertThat(answeredPings(17_000)).isBetween(3, 6);
  }

  private int answeredPings(int millis) {
    int pings = 0;
    for (int i = 0; i < millis / 100; i++) {
      if (idleFor(100) == Verdict.PING) {
        pings++;
        watch.heard();
      }
    }
    return pings;
  }

  @Test
  void suspicionEnds() {
    watch.probe(true);
    assertThat(idleFor(100)).isEqualTo(Verdict.PING);
    watch.probe(false);
    assertThat(watch.isNeeded(false)).isFalse();
    assertThat(idleFor(9_000)).isEqualTo(Verdict.NOTHING);
  }

  private Verdict idleFor(int millis) {
    return lookFor(millis, false);
  }

  private Verdict lookFor(int millis) {
    return lookFor(millis, true);
  }

  /** Looks every 100 ms and returns what the last look said. */
  private Verdict lookFor(int millis, boolean callsInFlight) {
    Verdict last = Verdict.NOTHING;
    for (int i = 0; i < millis / 100; i++) {
      now += TimeUnit.MILLISECONDS.toNanos(100);
      last = watch.look(callsInFlight, now);
    }
    return last;
  }
}
