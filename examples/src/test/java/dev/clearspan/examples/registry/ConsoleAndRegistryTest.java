package dev.clearspan.examples.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConsoleAndRegistryTest {
  @Test
  void aConfiguredRegistryIsTheOneThatIsUsed() {
    assertThat(
            ConsoleAndRegistry.needsRegistry(
                Map.of(), List.of("--registry", "http://10.0.0.1:2379")))
        .isFalse();
    assertThat(
            ConsoleAndRegistry.needsRegistry(
                Map.of("CLEARSPAN_REGISTRY", "http://10.0.0.1:2379"), List.of()))
        .isFalse();
  }

  @Test
  void helpStartsNothing() {
    assertThat(ConsoleAndRegistry.needsRegistry(Map.of(), List.of("--help"))).isFalse();
  }
}
