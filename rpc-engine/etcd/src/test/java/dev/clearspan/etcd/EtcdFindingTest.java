package dev.clearspan.etcd;

import dev.clearspan.rpc.ProcessIdentity;
import dev.clearspan.rpc.discovery.Address;
import dev.clearspan.rpc.discovery.Discovery;
import dev.clearspan.rpc.discovery.FindingContract;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SharedEtcd.class)
final class EtcdFindingTest extends FindingContract {
  @TempDir Path snapshots;
  private final List<EtcdFixture> fixtures = new ArrayList<>();

  @Override
  protected Discovery discoveryOf(Map<String, List<Address>> services) {
    EtcdFixture fixture = new EtcdFixture(SharedEtcd.process());
    fixtures.add(fixture);
    fixture.putInstances(services);
    return fixture.connect(ProcessIdentity.of("shop"), snapshots);
  }

  @AfterEach
  @Override
  protected void close() {
    super.close();
    fixtures.forEach(EtcdFixture::close);
  }
}
