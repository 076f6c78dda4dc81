package dev.clearspan.tracing.internal.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class DetailSlabTest {
  private final DetailSlab slab = new DetailSlab(64, 10_000);

  @Test
  void theOldestMakeRoomByNumber() {
    long first = slab.add(detail("first"));
    for (int i = 0; i < 63; i++) {
      slab.add(detail(""));
    }
    assertThat(slab.get(first)).isEqualTo(detail("first"));
    long next = slab.add(detail("next"));
    assertThat(slab.get(first)).isNull();
    assertThat(slab.get(next)).isEqualTo(detail("next"));
  }

  @Test
  void theOldestMakeRoomByBytes() {
    long first = slab.add(detail("x".repeat(2_000)));
    long second = slab.add(detail("y".repeat(2_000)));
    long third = slab.add(detail("z".repeat(2_000)));
    assertThat(slab.get(first)).isNull();
    assertThat(slab.get(second)).isNotNull();
    assertThat(slab.get(third)).isNotNull();
  }

  @Test
  void whatIsLargerThanTheSlabHasNoPlace() {
    long first = slab.add(detail("first"));
    assertThat(slab.add(detail("x".repeat(10_000)))).isZero();
    assertThat(slab.get(first)).isNotNull();
  }

  private static Detail detail(String message) {
    return new Detail(message, null, null, List.of(), null);
  }
}
