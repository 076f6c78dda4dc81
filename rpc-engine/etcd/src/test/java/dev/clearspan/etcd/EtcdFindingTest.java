package dev.clearspan.etcd;

import dev.clearspan.rpc.discovery.Address;
import dev.clearspan.rpc.discovery.Discovery;
import dev.clearspan.rpc.discovery.FindingContract;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SharedEtcd.class)
final class EtcdFindingTest extends FindingContract {
  @TempDir Path snapshots;

  @Override
  protected Discovery discoveryOf(Map<String, List<Address>> services) {
    Keyspace keys = new Keyspace("f" + UUID.randomUUID().toString().substring(0, 8));
    services.forEach(
        (service, addresses) ->
            addresses.forEach(
                address ->
                    SharedEtcd.process()
                        .etcdctl(
                            "put",
                            keys.absolute(Keyspace.instanceKey(service, address.id()))
                                .toString(StandardCharsets.UTF_8),
                            JsonValues.print(address.instanceOf(service)))));
    return EtcdFixtures.direct(keys.env(), snapshots);
  }
}
