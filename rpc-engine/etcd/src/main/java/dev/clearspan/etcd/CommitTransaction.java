package dev.clearspan.etcd;

import dev.clearspan.protocol.AuditEntry;
import dev.clearspan.rpc.control.ControlStore.CommitResult;
import dev.clearspan.rpc.control.ControlStore.Committed;
import dev.clearspan.rpc.control.ControlStore.Conflict;
import dev.clearspan.rpc.control.ControlStore.Entry;
import dev.clearspan.rpc.control.ControlStore.Write;
import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.KV;
import io.etcd.jetcd.KeyValue;
import io.etcd.jetcd.kv.GetResponse;
import io.etcd.jetcd.kv.TxnResponse;
import io.etcd.jetcd.op.Cmp;
import io.etcd.jetcd.op.CmpTarget;
import io.etcd.jetcd.op.Op;
import io.etcd.jetcd.options.DeleteOption;
import io.etcd.jetcd.options.GetOption;
import io.etcd.jetcd.options.PutOption;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One change as one etcd transaction: all keys have the expected revisions and everything is
 * written, the audit row included, or nothing is and the keys are read instead.
 */
final class CommitTransaction {
  private static final int MAX_VALUE_BYTES = 256 * 1024;

  private final Keyspace keys;
  private final List<Write> writes;
  private final String auditKey;
  private final String auditJson;

  CommitTransaction(Keyspace keys, List<Write> writes, AuditEntry audit) {
    this.keys = keys;
    this.writes = List.copyOf(writes);
    auditKey = StoreKeys.require(Keyspace.auditKey(audit.getId()));
    auditJson = JsonValues.print(audit);
    requireSize(auditKey, auditJson);
    Set<String> seen = new HashSet<>();
    for (Write write : writes) {
      StoreKeys.require(write.key());
      requireSize(write.key(), write.value());
      if (!seen.add(write.key())) {
        throw new IllegalArgumentException("writes: " + write.key() + " twice (expected: once)");
      }
      if (write.expectedRevision() < -1) {
        throw new IllegalArgumentException(
            "expectedRevision: " + write.expectedRevision() + " (expected: >= 0, or -1 for any)");
      }
    }
  }

  CompletableFuture<TxnResponse> submit(KV kv) {
    Cmp[] expected =
        writes.stream()
            .filter(write -> write.expectedRevision() >= 0)
            .map(this::comparison)
            .toArray(Cmp[]::new);
    Op audit = Op.put(keys.absolute(auditKey), Keyspace.bytes(auditJson), PutOption.DEFAULT);
    Op[] changes =
        Stream.concat(writes.stream().map(this::change), Stream.of(audit)).toArray(Op[]::new);
    Op[] reads =
        writes.stream()
            .map(write -> Op.get(keys.absolute(write.key()), GetOption.DEFAULT))
            .toArray(Op[]::new);
    return kv.txn().If(expected).Then(changes).Else(reads).commit();
  }

  CommitResult result(TxnResponse response) {
    if (response.isSucceeded()) {
      return new Committed(response.getHeader().getRevision());
    }
    for (int i = 0; i < writes.size(); i++) {
      Write write = writes.get(i);
      Entry current = entry(response.getGetResponses().get(i));
      long revision = current == null ? 0 : current.modRevision();
      if (write.expectedRevision() >= 0 && write.expectedRevision() != revision) {
        return new Conflict(write.key(), current);
      }
    }
    throw new IllegalStateException("etcd refused a transaction whose conditions all hold");
  }

  private Cmp comparison(Write write) {
    return new Cmp(
        keys.absolute(write.key()), Cmp.Op.EQUAL, CmpTarget.modRevision(write.expectedRevision()));
  }

  private Op change(Write write) {
    ByteSequence key = keys.absolute(write.key());
    return write.value() == null
        ? Op.delete(key, DeleteOption.DEFAULT)
        : Op.put(key, Keyspace.bytes(write.value()), PutOption.DEFAULT);
  }

  private @Nullable Entry entry(GetResponse response) {
    List<KeyValue> found = response.getKvs();
    return found.isEmpty() ? null : Stored.of(keys, found.get(0)).toEntry();
  }

  private static void requireSize(String key, @Nullable String value) {
    int size = value == null ? 0 : value.getBytes(StandardCharsets.UTF_8).length;
    if (size > MAX_VALUE_BYTES) {
      throw new IllegalArgumentException(
          key + ": " + size + " bytes (expected: at most " + MAX_VALUE_BYTES + ")");
    }
  }
}
