package dev.clearspan.etcd;

import dev.clearspan.rpc.ProcessIdentity;
import java.nio.file.Path;
import java.time.Duration;

/** Registries for tests. */
final class EtcdFixtures {
  private EtcdFixtures() {}

  /** A registry that talks to the shared etcd without a proxy, with the shortest lease. */
  static EtcdRegistry direct(String env, Path snapshots) {
    return EtcdRegistry.builder()
        .endpoints(SharedEtcd.process().endpoint())
        .env(env)
        .identity(ProcessIdentity.of("shop"))
        .ttl(Duration.ofSeconds(2))
        .snapshotDirectory(snapshots)
        .build();
  }
}
