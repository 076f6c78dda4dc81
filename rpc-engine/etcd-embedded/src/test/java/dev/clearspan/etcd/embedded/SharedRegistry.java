package dev.clearspan.etcd.embedded;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/** One process for all test classes of a run, started by the first and stopped at the end. */
public final class SharedRegistry implements BeforeAllCallback {
  private static volatile @Nullable EmbeddedProcess registry;

  static EmbeddedProcess process() {
    return Objects.requireNonNull(
        registry, "the test class lacks @ExtendWith(SharedRegistry.class)");
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    context
        .getRoot()
        .getStore(Namespace.GLOBAL)
        .computeIfAbsent(
            SharedRegistry.class,
            key -> {
              EmbeddedProcess started = EmbeddedProcess.start();
              registry = started;
              return started;
            });
  }
}
