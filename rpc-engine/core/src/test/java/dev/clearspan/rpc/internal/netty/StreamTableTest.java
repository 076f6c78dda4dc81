package dev.clearspan.rpc.internal.netty;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class StreamTableTest {
  private final StreamTable<String> table = new StreamTable<>();

  @Test
  void idsThatShareAPlaceAreKeptApart() {
    table.put(1, "one");
    table.put(1 + 2048 * 64, "far");

    assertThat(List.of(table.get(1), table.get(1 + 2048 * 64))).containsExactly("one", "far");
    assertThat(table.remove(1)).isEqualTo("one");
    assertThat(table.get(1)).isNull();
    assertThat(table.remove(1 + 2048 * 64)).isEqualTo("far");
    assertThat(table.isEmpty()).isTrue();
  }

  @Test
  void itHoldsWhatAMapHolds() {
    Random random = new Random(1);
    Map<Integer, String> model = new HashMap<>();
    for (int step = 0; step < 200_000; step++) {
      int id = random.nextInt(step % 3 == 0 ? 10_000 : 500);
      if (random.nextBoolean()) {
        table.put(id, "v" + step);
        model.put(id, "v" + step);
      } else {
        assertThat(table.remove(id)).isEqualTo(model.remove(id));
      }
      assertThat(table.size()).isEqualTo(model.size());
      assertThat(table.get(id)).isEqualTo(model.get(id));
    }
    assertThat(table.values()).containsExactlyInAnyOrderElementsOf(model.values());
    table.clear();
    assertThat(table.values()).isEmpty();
    assertThat(table.containsKey(1)).isFalse();
  }
}
