package dev.clearspan.etcd;

import dev.clearspan.rpc.control.ControlStore;
import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.KeyValue;
import java.nio.charset.StandardCharsets;

/** A key, relative to its environment, with its value as found: nothing is checked yet. */
record Stored(String key, ByteSequence value, long createRevision, long modRevision, long lease) {

  static Stored of(Keyspace keys, KeyValue found) {
    return new Stored(
        keys.relative(found.getKey()),
        found.getValue(),
        found.getCreateRevision(),
        found.getModRevision(),
        found.getLease());
  }

  /** A value that does not come from etcd but from the disk snapshot. */
  static Stored remembered(String key, String json) {
    return new Stored(key, Keyspace.bytes(json), 0, 0, 0);
  }

  int size() {
    return value.size();
  }

  String text() {
    return value.toString(StandardCharsets.UTF_8);
  }

  ControlStore.Entry toEntry() {
    return new ControlStore.Entry(key, text(), createRevision, modRevision, lease != 0);
  }
}
