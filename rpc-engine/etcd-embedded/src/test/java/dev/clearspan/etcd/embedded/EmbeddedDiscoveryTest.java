package dev.clearspan.etcd.embedded;

import dev.clearspan.etcd.EtcdFixture;
import dev.clearspan.rpc.discovery.DiscoveryContract;
import dev.clearspan.rpc.discovery.RegistryFixture;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedRegistry.class)
final class EmbeddedDiscoveryTest extends DiscoveryContract {
  @Override
  protected RegistryFixture newFixture() {
    return new EtcdFixture(SharedRegistry.process());
  }
}
