package dev.clearspan.etcd;

import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.op.Cmp;
import io.etcd.jetcd.op.CmpTarget;
import io.etcd.jetcd.op.Op;
import io.etcd.jetcd.options.PutOption;
import java.util.Base64;
import java.util.concurrent.CompletionStage;

/** Stores descriptor sets under their hash, each once. Thread-safe. */
final class DescriptorSets {
  private static final int MAX_JSON_BYTES = 1024 * 1024;

  private final Connection connection;

  DescriptorSets(Connection connection) {
    this.connection = connection;
  }

  CompletionStage<String> publish(byte[] fileDescriptorSet) {
    String hash = SnapshotDirectory.sha256(fileDescriptorSet);
    String encoded = Base64.getEncoder().encodeToString(fileDescriptorSet);
    String json = "{\"descriptorSet\":\"" + encoded + "\"}";
    if (json.length() > MAX_JSON_BYTES) {
      throw new IllegalArgumentException(
          "fileDescriptorSet: " + fileDescriptorSet.length + " bytes (expected: at most 700 KiB)");
    }
    ByteSequence key = connection.keys().absolute(Keyspace.descriptorKey(hash));
    return connection
        .call(
            client ->
                client
                    .getKVClient()
                    .txn()
                    .If(new Cmp(key, Cmp.Op.EQUAL, CmpTarget.createRevision(0)))
                    .Then(Op.put(key, Keyspace.bytes(json), PutOption.DEFAULT))
                    .commit())
        .thenApplyAsync(response -> hash, connection.pool());
  }
}
