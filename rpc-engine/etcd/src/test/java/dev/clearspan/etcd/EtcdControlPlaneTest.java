package dev.clearspan.etcd;

import dev.clearspan.rpc.control.ControlPlaneContract;
import dev.clearspan.rpc.discovery.RegistryFixture;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedEtcd.class)
final class EtcdControlPlaneTest extends ControlPlaneContract {
  @Override
  protected RegistryFixture newFixture() {
    return new EtcdFixture(SharedEtcd.process());
  }
}
