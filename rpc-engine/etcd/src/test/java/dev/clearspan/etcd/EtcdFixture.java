package dev.clearspan.etcd;

import dev.clearspan.rpc.ProcessIdentity;
import dev.clearspan.rpc.Registry;
import dev.clearspan.rpc.control.ControlStore;
import dev.clearspan.rpc.discovery.Address;
import dev.clearspan.rpc.discovery.RegistryFixture;
import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.Client;
import io.etcd.jetcd.KeyValue;
import io.etcd.jetcd.options.CompactOption;
import io.etcd.jetcd.options.GetOption;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/** A server that speaks etcd's API behind a proxy; every fixture has an environment of its own. */
public final class EtcdFixture implements RegistryFixture {
  private final EtcdServer etcd;
  private final TcpProxy proxy;
  private final Client client;
  private final Keyspace keys = new Keyspace("t" + UUID.randomUUID().toString().substring(0, 8));

  public EtcdFixture(EtcdServer etcd) {
    this.etcd = etcd;
    proxy = new TcpProxy(URI.create(etcd.endpoint()).getPort());
    client = Client.builder().endpoints(etcd.endpoint()).build();
  }

  /** The environment of this fixture. */
  String env() {
    return keys.env();
  }

  /** Stores an instance at each of the addresses, as etcdctl would. */
  public void putInstances(Map<String, List<Address>> services) {
    services.forEach(
        (service, addresses) ->
            addresses.forEach(
                address ->
                    put(
                        Keyspace.instanceKey(service, address.id()),
                        JsonValues.print(address.instanceOf(service)))));
  }

  @Override
  public Registry connect(ProcessIdentity identity, Path snapshots) {
    return EtcdRegistry.builder()
        .endpoints("http://127.0.0.1:" + proxy.port())
        .env(keys.env())
        .identity(identity)
        .snapshotDirectory(snapshots)
        .ttl(leaseTtl())
        .build();
  }

  @Override
  public ControlStore controlStore() {
    return EtcdControlStore.builder()
        .endpoints("http://127.0.0.1:" + proxy.port())
        .env(keys.env())
        .build();
  }

  @Override
  public Duration leaseTtl() {
    return Duration.ofSeconds(2);
  }

  @Override
  public long put(String key, byte[] value) {
    return call(c -> c.getKVClient().put(keys.absolute(key), ByteSequence.from(value)))
        .getHeader()
        .getRevision();
  }

  @Override
  public void delete(String key) {
    call(c -> c.getKVClient().delete(keys.absolute(key)));
  }

  @Override
  public Map<String, Value> content(String prefix) {
    GetOption option = GetOption.builder().isPrefix(true).build();
    Map<String, Value> found = new TreeMap<>();
    for (KeyValue kv : call(c -> c.getKVClient().get(keys.absolute(prefix), option)).getKvs()) {
      found.put(
          keys.relative(kv.getKey()),
          new Value(
              kv.getValue().toString(StandardCharsets.UTF_8),
              kv.getCreateRevision(),
              kv.getModRevision(),
              kv.getVersion()));
    }
    return found;
  }

  @Override
  public void endLeaseOf(String key) {
    for (KeyValue found : call(c -> c.getKVClient().get(keys.absolute(key))).getKvs()) {
      call(c -> c.getLeaseClient().revoke(found.getLease()));
    }
  }

  @Override
  public void compact() {
    long revision = call(c -> c.getKVClient().get(keys.absolute("none"))).getHeader().getRevision();
    call(c -> c.getKVClient().compact(revision, CompactOption.DEFAULT));
  }

  @Override
  public void cut() {
    proxy.cut();
  }

  @Override
  public void slow(Duration delay) {
    proxy.slow(delay);
  }

  @Override
  public void heal() {
    proxy.heal();
  }

  @Override
  public void kill() {
    etcd.kill();
  }

  @Override
  public void restart() {
    etcd.restart();
    etcd.awaitReady();
  }

  @Override
  public void freeze() {
    etcd.freeze();
  }

  @Override
  public void thaw() {
    etcd.thaw();
  }

  @Override
  public void close() {
    proxy.close();
    client.close();
  }

  private <T> T call(Function<Client, CompletableFuture<T>> request) {
    try {
      return request.apply(client).get(10, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new AssertionError("etcd does not answer the test's own client", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }
}
