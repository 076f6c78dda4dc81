package dev.clearspan.benchmarks.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PushRunTest {
  @Test
  void everyListenerHearsEveryChange(@TempDir Path directory) throws Exception {
    PushOptions options = new PushOptions(2, 5, 20, 3, 10);
    PushFigures figures = new PushRun(options, System.out).run(directory);
    assertThat(figures.missed()).isZero();
    assertThat(figures.heardNanos()).hasSize(2 * 3).isSorted();
    assertThat(figures.heardNanos()[0]).isPositive();
    assertThat(figures.consoleCpu()).isPositive();
    assertThat(figures.heapBytes()).isGreaterThan(1 << 20);
    assertThat(figures.snapshotBytes()).isPositive();
    assertThat(figures.markdown()).contains("| changes not heard, of all listeners | 0 of 6 |");
  }

  @Test
  void aWrongOptionIsNamed() {
    assertThatThrownBy(() -> PushOptions.parse("--listeners", "201"))
        .hasMessage("--listeners: \"201\" (expected: a whole number from 1 to 200)");
    assertThatThrownBy(() -> PushOptions.parse("--instances", "5"))
        .hasMessage("--instances: \"5\" (expected: one for each of 500 services at least)");
    assertThatThrownBy(() -> PushOptions.parse("--fast", "1")).hasMessageContaining("--fast");
  }
}
