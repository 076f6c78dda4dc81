package dev.clearspan.etcd;

import java.time.Duration;
import java.util.Objects;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/** One etcd for all test classes of a run, started by the first and stopped at the end. */
public final class SharedEtcd implements BeforeAllCallback {
  /** The first contact of a cold JVM on a busy machine takes its time. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static volatile @Nullable EtcdProcess etcd;

  static {
    Awaitility.setDefaultTimeout(PATIENCE);
  }

  /** The process. */
  public static EtcdProcess process() {
    return Objects.requireNonNull(etcd, "the test class lacks @ExtendWith(SharedEtcd.class)");
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    context
        .getRoot()
        .getStore(Namespace.GLOBAL)
        .computeIfAbsent(
            SharedEtcd.class,
            key -> {
              EtcdProcess started = EtcdProcess.start();
              etcd = started;
              return started;
            });
  }
}
