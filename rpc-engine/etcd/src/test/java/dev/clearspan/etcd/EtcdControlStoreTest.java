package dev.clearspan.etcd;

import dev.clearspan.rpc.control.ControlStoreContract;
import dev.clearspan.rpc.discovery.RegistryFixture;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedEtcd.class)
final class EtcdControlStoreTest extends ControlStoreContract {
  @Override
  protected RegistryFixture newFixture() {
    return new EtcdFixture(SharedEtcd.process());
  }
}
