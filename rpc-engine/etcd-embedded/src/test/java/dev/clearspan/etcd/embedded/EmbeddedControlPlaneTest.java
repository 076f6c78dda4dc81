package dev.clearspan.etcd.embedded;

import dev.clearspan.etcd.EtcdFixture;
import dev.clearspan.rpc.control.ControlPlaneContract;
import dev.clearspan.rpc.discovery.RegistryFixture;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedRegistry.class)
final class EmbeddedControlPlaneTest extends ControlPlaneContract {
  @Override
  protected RegistryFixture newFixture() {
    return new EtcdFixture(SharedRegistry.process());
  }
}
