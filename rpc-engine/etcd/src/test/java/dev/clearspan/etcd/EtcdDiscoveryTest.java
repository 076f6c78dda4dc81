package dev.clearspan.etcd;

import dev.clearspan.rpc.discovery.DiscoveryContract;
import dev.clearspan.rpc.discovery.RegistryFixture;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedEtcd.class)
final class EtcdDiscoveryTest extends DiscoveryContract {
  @Override
  protected RegistryFixture newFixture() {
    return new EtcdFixture(SharedEtcd.process());
  }
}
