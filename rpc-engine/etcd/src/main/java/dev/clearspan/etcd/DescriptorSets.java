package dev.clearspan.etcd;

import dev.clearspan.rpc.control.RegistryUnavailableException;
import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.Client;
import io.etcd.jetcd.kv.TxnResponse;
import io.etcd.jetcd.op.Cmp;
import io.etcd.jetcd.op.CmpTarget;
import io.etcd.jetcd.op.Op;
import io.etcd.jetcd.options.PutOption;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Stores descriptor sets under their hash, each once, however long etcd is away. Thread-safe. */
final class DescriptorSets {
  private static final Logger LOG = LoggerFactory.getLogger(DescriptorSets.class);
  private static final int MAX_JSON_BYTES = 1024 * 1024;
  private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

  private final Connection connection;

  DescriptorSets(Connection connection) {
    this.connection = connection;
  }

  CompletionStage<Void> publish(byte[] fileDescriptorSet) {
    String encoded = Base64.getEncoder().encodeToString(fileDescriptorSet);
    String json = "{\"descriptorSet\":\"" + encoded + "\"}";
    if (json.length() > MAX_JSON_BYTES) {
      throw new IllegalArgumentException(
          "fileDescriptorSet: " + fileDescriptorSet.length + " bytes (expected: at most 700 KiB)");
    }
    String hash = SnapshotDirectory.sha256(fileDescriptorSet);
    CompletableFuture<Void> stored = new CompletableFuture<>();
    connection
        .loop()
        .execute(() -> store(hash, json, stored, new Backoff(FIRST_PAUSE, LONGEST_PAUSE)));
    return stored;
  }

  private void store(String hash, String json, CompletableFuture<Void> stored, Backoff backoff) {
    connection.call(
        client -> createIfAbsent(client, hash, json),
        (response, failure) -> {
          if (failure == null) {
            stored.complete(null);
          } else if (isPassing(failure)) {
            connection
                .loop()
                .schedule(() -> store(hash, json, stored, backoff), backoff.nextNanos());
          } else {
            LOG.warn("etcd refuses the descriptors {}: {}", hash, Failures.describe(failure));
            stored.completeExceptionally(failure);
          }
        });
  }

  private CompletableFuture<TxnResponse> createIfAbsent(Client client, String hash, String json) {
    ByteSequence key = connection.keys().absolute(Keyspace.descriptorKey(hash));
    return client
        .getKVClient()
        .txn()
        .If(new Cmp(key, Cmp.Op.EQUAL, CmpTarget.createRevision(0)))
        .Then(Op.put(key, Keyspace.bytes(json), PutOption.DEFAULT))
        .commit();
  }

  private static boolean isPassing(Throwable failure) {
    return Failures.isDisconnect(failure)
        || Failures.root(failure) instanceof RegistryUnavailableException;
  }
}
