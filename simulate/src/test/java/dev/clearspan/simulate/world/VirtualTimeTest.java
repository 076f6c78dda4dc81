package dev.clearspan.simulate.world;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class VirtualTimeTest {
  private final VirtualTime time = new VirtualTime();

  @Test
  void eventsComeInTheOrderOfTheirTimes() {
    SplittableRandom random = new SplittableRandom(1);
    List<Long> seen = new ArrayList<>();
    for (int i = 0; i < 5_000; i++) {
      time.at(random.nextLong(1_000), () -> seen.add(time.nanos()));
    }

    time.runUntil(999);

    assertThat(seen).hasSize(5_000).isSorted();
  }

  @Test
  void eventsOfOneMomentComeInTheOrderTheyWereAdded() {
    List<Integer> seen = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      int number = i;
      time.at(number % 3, () -> seen.add(number));
    }

    time.runUntil(2);

    for (int i = 1; i < seen.size(); i++) {
      int before = seen.get(i - 1);
      int after = seen.get(i);
      assertThat(before % 3 * 1_000 + before).isLessThan(after % 3 * 1_000 + after);
    }
  }

  @Test
  void aCancelledTimerDoesNotRun() {
    List<String> seen = new ArrayList<>();
    time.schedule(() -> seen.add("cancelled"), 10).cancel();
    time.schedule(() -> seen.add("kept"), 10);

    time.runUntil(10);

    assertThat(seen).containsExactly("kept");
  }
}
