package dev.clearspan.etcd.embedded;

import com.google.protobuf.ByteString;
import dev.clearspan.etcd.embedded.api.Event;
import dev.clearspan.etcd.embedded.api.Event.EventType;
import dev.clearspan.etcd.embedded.api.KeyValue;
import org.jspecify.annotations.Nullable;

/** What one revision did to one key. Used by the registry's thread only. */
final class Change {
  /** Objects around the bytes. */
  private static final int OVERHEAD_BYTES = 200;

  private final KeyValue now;
  private final EventType type;
  private final @Nullable KeyValue before;
  private @Nullable Event plain;
  private @Nullable Event full;

  private Change(KeyValue now, EventType type, @Nullable KeyValue before) {
    this.now = now;
    this.type = type;
    this.before = before;
  }

  static Change put(KeyValue now, @Nullable KeyValue before) {
    return new Change(now, EventType.PUT, before);
  }

  static Change delete(ByteString key, long revision, @Nullable KeyValue before) {
    KeyValue gone = KeyValue.newBuilder().setKey(key).setModRevision(revision).build();
    return new Change(gone, EventType.DELETE, before);
  }

  ByteString key() {
    return now.getKey();
  }

  long revision() {
    return now.getModRevision();
  }

  boolean isDelete() {
    return type == EventType.DELETE;
  }

  /** What stood there before the revision; null: nothing. */
  @Nullable KeyValue before() {
    return before;
  }

  /** The event for watchers, made once for all of them. */
  Event event(boolean withBefore) {
    if (withBefore && before != null) {
      if (full == null) {
        full = event().setPrevKv(before).build();
      }
      return full;
    }
    if (plain == null) {
      plain = event().build();
    }
    return plain;
  }

  /** What it costs to remember it: the value before counts, since nobody else holds it. */
  int bytes() {
    return OVERHEAD_BYTES
        + now.getSerializedSize()
        + (before == null ? 0 : before.getSerializedSize());
  }

  private Event.Builder event() {
    return Event.newBuilder().setType(type).setKv(now);
  }
}
