package dev.clearspan.rpc.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** How many calls a client still sends to a server that refuses. */
class ClientThrottleTest {
  private static final long SECOND = 1_000_000_000L;

  private final ClientThrottle throttle = new ClientThrottle(new Random(5), 0);
  private long now;
  private int room;

  @Test
  void whileEverythingIsAcceptedEverythingIsSent() {
    assertThat(sentInSeconds(20, 1.0)).isEqualTo(20 * 1_000);
  }

  @Test
  void aHandfulOfRefusalsDecidesNothing() {
    for (int i = 0; i < 10; i++) {
      assertThat(throttle.admits(2, now)).isTrue();
    }
    assertThat(throttle.share(2, now)).isZero();
  }

  @Test
  void sendsAboutTwiceWhatIsAccepted() {
    room = 200;
    int unused = sentInSeconds(20, 0);

    room = 200;
    assertThat(sentInSeconds(10, 0) / 10.0).isCloseTo(400, within(60.0));
  }

  @Test
  void aServerThatRefusesEverythingIsHardlyAsked() {
    int unused = sentInSeconds(10, 0);

    assertThat(sentInSeconds(10, 0)).isLessThan(10 * 1_000 / 50);
    assertThat(throttle.share(2, now)).isGreaterThan(0.98);
  }

  @Test
  void recoversWithinSecondsOfItsServer() {
    room = 333;
    int unused = sentInSeconds(30, 0);

    int meanwhile = sentInSeconds(9, 1.0);
    assertThat(meanwhile).isPositive();
    assertThat(sentInSeconds(10, 1.0)).isEqualTo(10 * 1_000);
  }

  @Test
  void forgetsAfterASilenceOfAnyLength() {
    int unused = sentInSeconds(10, 0);
    now += 1_000_003 * SECOND;

    assertThat(throttle.share(2, now)).isZero();
  }

  /** A thousand calls a second; the server accepts so many of a second, or this share. */
  private int sentInSeconds(int seconds, double share) {
    Random server = new Random(1);
    int sent = 0;
    for (int second = 0; second < seconds; second++) {
      int left = room;
      for (int i = 0; i < 1_000; i++) {
        now += SECOND / 1_000;
        if (throttle.admits(2, now)) {
          sent++;
          boolean random = server.nextDouble() < share;
          if (random || left-- > 0) {
            throttle.accepted(now);
          }
        }
      }
    }
    return sent;
  }
}
