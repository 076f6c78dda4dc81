package dev.clearspan.console.identity;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clearspan.console.MutableClock;
import dev.clearspan.console.problem.ProblemException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class LoginThrottleTest {
  private final MutableClock clock = new MutableClock();
  private final LoginThrottle throttle = new LoginThrottle(clock);

  private void fail(String account, String address, int times) {
    for (int i = 0; i < times; i++) {
      throttle.failed(account, address);
    }
  }

  @Test
  void fourFailuresAreFree_theFifthCostsAMinute_andEachFurtherOneTwiceAsMuch() {
    fail("ada", "10.0.0.1", 4);
    assertThatCode(() -> throttle.check("ada", "10.0.0.1")).doesNotThrowAnyException();
    fail("ada", "10.0.0.1", 1);
    assertThatThrownBy(() -> throttle.check("ada", "10.0.0.1"))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("61 s");
    clock.advance(Duration.ofSeconds(61));
    assertThatCode(() -> throttle.check("ada", "10.0.0.1")).doesNotThrowAnyException();
    fail("ada", "10.0.0.1", 1);
    clock.advance(Duration.ofSeconds(119));
    assertThatThrownBy(() -> throttle.check("ada", "10.0.0.1")).hasMessageContaining("in 2 s");
  }

  @Test
  void theWaitNeverExceedsAQuarterOfAnHour_andOneHourForgives() {
    fail("ada", "10.0.0.1", 60);
    assertThatThrownBy(() -> throttle.check("ada", "10.0.0.1")).hasMessageContaining("901 s");
    clock.advance(Duration.ofMinutes(61));
    fail("ada", "10.0.0.1", 1);
    assertThatCode(() -> throttle.check("ada", "10.0.0.1")).doesNotThrowAnyException();
  }

  @Test
  void neighboursShareTheBlame_strangersDoNot() {
    fail("ada", "10.0.0.1", 5);
    assertThatThrownBy(() -> throttle.check("ada", "10.0.0.77"))
        .isInstanceOf(ProblemException.class);
    assertThatCode(() -> throttle.check("ada", "10.0.1.1")).doesNotThrowAnyException();
    assertThatCode(() -> throttle.check("bob", "10.0.0.1")).doesNotThrowAnyException();
  }

  @Test
  void anAddressThatTriesManyAccountsWaitsToo() {
    for (int i = 0; i < LoginThrottle.FREE_FAILURES_PER_ADDRESS; i++) {
      fail("user" + i, "10.0.0.1", 1);
    }
    assertThatThrownBy(() -> throttle.check("another", "10.0.0.1"))
        .isInstanceOf(ProblemException.class);
  }
}
