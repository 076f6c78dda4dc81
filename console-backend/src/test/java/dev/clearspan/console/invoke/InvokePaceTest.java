package dev.clearspan.console.invoke;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clearspan.console.MutableClock;
import dev.clearspan.console.problem.ProblemException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class InvokePaceTest {
  private final MutableClock clock = new MutableClock();
  private final InvokePace pace = new InvokePace(clock);

  private int callsLetThrough(String author, int tries) {
    int passed = 0;
    for (int i = 0; i < tries; i++) {
      try {
        pace.count(author);
        passed++;
      } catch (ProblemException e) {
        assertThat(e.problem().status()).isEqualTo(429);
        assertThat(e.retryAfterSeconds()).isEqualTo(1);
      }
    }
    return passed;
  }

  @Test
  void eachCallerHasABurst_andThenARate() {
    assertThat(callsLetThrough("ada", 100)).isEqualTo(InvokePace.BURST);
    assertThat(callsLetThrough("grace", 1)).isEqualTo(1);
    clock.advance(Duration.ofSeconds(1));
    assertThat(callsLetThrough("ada", 100)).isEqualTo(InvokePace.PER_SECOND);
    clock.advance(Duration.ofHours(1));
    assertThat(callsLetThrough("ada", 100)).isEqualTo(InvokePace.BURST);
  }

  @Test
  void placesAreGivenBack() {
    List<InvokePace.Place> taken = new ArrayList<>();
    for (int i = 0; i < InvokePace.AT_ONCE; i++) {
      taken.add(pace.enter());
    }
    assertThatThrownBy(pace::enter).hasMessageContaining("8 calls are under way");
    taken.get(0).close();
    pace.enter().close();
  }
}
