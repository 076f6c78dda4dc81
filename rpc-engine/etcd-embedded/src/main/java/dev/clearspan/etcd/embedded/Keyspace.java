package dev.clearspan.etcd.embedded;

import com.google.protobuf.ByteString;
import dev.clearspan.etcd.embedded.api.KeyValue;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The keys, their leases and their history, in memory and in the file. Used by the registry's
 * thread only.
 *
 * <p>Everything that one request changes has one revision: {@link #put} and {@link #delete} change
 * at {@link #nextRevision}, which {@link #endChange} makes the current one. The file gets each
 * change at once, but it lasts only from its commit on.
 */
final class Keyspace {
  /** etcd's revision of an empty store. */
  private static final long FIRST_REVISION = 1;

  /** What may be read before anything was compacted: all. */
  private static final long NEVER_COMPACTED = -1;

  /** Objects around a live key's bytes. */
  private static final int KEY_OVERHEAD_BYTES = 300;

  private final RegistryFile file;
  private final long quotaBytes;
  private final NavigableMap<ByteString, KeyValue> live = new TreeMap<>(KeyRange.ORDER);
  private final Leases leases = new Leases();
  private final History history;
  private List<Change> fresh = new ArrayList<>();
  private long revision;
  private long compacted;
  private long bytes;
  private boolean changed;

  /** What the file holds, each lease with its whole time from now on. */
  Keyspace(RegistryFile file, RegistrySettings settings, long nowNanos) {
    this.file = file;
    this.quotaBytes = settings.quotaBytes();
    boolean isNew = file.revision() == 0;
    revision = Math.max(FIRST_REVISION, file.revision());
    compacted = isNew ? NEVER_COMPACTED : revision;
    history =
        new History(settings.historyChanges(), settings.historyBytes(), isNew ? 0 : revision + 1);
    file.leases().forEach((id, ttl) -> leases.restore(id, ttl, nowNanos));
    file.keys().forEach(this::restore);
  }

  private void restore(KeyValue value) {
    live.put(value.getKey(), value);
    bytes += size(value);
    leases.move(value.getKey(), 0, value.getLease());
  }

  /** The current revision: of the last request that has changed something. */
  long revision() {
    return revision;
  }

  /** What a request sees that has begun to change: its own changes are in it. */
  long nextRevision() {
    return changed ? revision + 1 : revision;
  }

  /** Older states than this one cannot be read. */
  long compacted() {
    return compacted;
  }

  Leases leases() {
    return leases;
  }

  History history() {
    return history;
  }

  /** Whether nothing more may be written. */
  boolean isFull() {
    return bytes >= quotaBytes;
  }

  /** Bytes of live keys with what is around them. */
  long bytes() {
    return bytes;
  }

  /** Live keys. */
  int size() {
    return live.size();
  }

  @Nullable KeyValue get(ByteString key) {
    return live.get(key);
  }

  /** The keys of the range as they are: a view. */
  NavigableMap<ByteString, KeyValue> now(KeyRange range) {
    return range.of(live);
  }

  /**
   * The keys of the range as they were.
   *
   * @param at a revision; 0 or less: the current one
   * @throws dev.clearspan.rpc.RpcException if that is compacted, or still to come
   */
  NavigableMap<ByteString, KeyValue> at(KeyRange range, long at) {
    requireReadable(at);
    return at <= 0 || at >= nextRevision() ? now(range) : history.undo(now(range), range, at);
  }

  private void requireReadable(long at) {
    if (at > nextRevision()) {
      throw EtcdErrors.futureRevision();
    }
    if (at > 0 && at < compacted) {
      throw EtcdErrors.compacted();
    }
  }

  /** Sets a key; the lease must be there, or be 0. */
  void put(ByteString key, ByteString value, long lease) {
    KeyValue before = live.get(key);
    long at = revision + 1;
    KeyValue.Builder now =
        KeyValue.newBuilder()
            .setKey(before == null ? unshared(key) : before.getKey())
            .setValue(unshared(value))
            .setCreateRevision(before == null ? at : before.getCreateRevision())
            .setModRevision(at)
            .setVersion(before == null ? 1 : before.getVersion() + 1)
            .setLease(lease);
    store(now.build(), before);
  }

  private void store(KeyValue now, @Nullable KeyValue before) {
    live.put(now.getKey(), now);
    bytes += size(now) - (before == null ? 0 : size(before));
    leases.move(now.getKey(), before == null ? 0 : before.getLease(), now.getLease());
    file.put(now);
    note(Change.put(now, before));
  }

  /** Deletes the keys of the range, and tells what they were. */
  List<KeyValue> delete(KeyRange range) {
    List<KeyValue> gone = List.copyOf(now(range).values());
    for (KeyValue before : gone) {
      live.remove(before.getKey());
      bytes -= size(before);
      leases.move(before.getKey(), before.getLease(), 0);
      file.delete(before.getKey());
      note(Change.delete(before.getKey(), revision + 1, beforeRevision(before)));
    }
    return gone;
  }

  /** Before the revision that begins: a transaction may put a key and then delete it. */
  private @Nullable KeyValue beforeRevision(KeyValue value) {
    return value.getModRevision() <= revision ? value : history.last(value.getKey()).before();
  }

  private void note(Change change) {
    history.add(change);
    fresh.add(change);
    changed = true;
  }

  /** The end of what one request changes. */
  void endChange() {
    if (changed) {
      changed = false;
      revision++;
      file.revision(revision);
      if (history.trim()) {
        compacted = Math.max(compacted, history.first() - 1);
      }
    }
  }

  /**
   * Forgets how things were before this revision.
   *
   * @throws dev.clearspan.rpc.RpcException if that has happened, or the revision is still to come
   */
  void compact(long at) {
    if (at <= compacted) {
      throw EtcdErrors.compacted();
    }
    if (at > revision) {
      throw EtcdErrors.futureRevision();
    }
    compacted = at;
    history.forgetBefore(at);
  }

  /** A new lease; see {@link Leases#grant}. */
  Lease grant(long id, long ttlSeconds, long nowNanos) {
    Lease lease = leases.grant(id, ttlSeconds, nowNanos);
    file.putLease(lease);
    return lease;
  }

  /** Ends a lease, and all its keys with it. */
  void revoke(Lease lease) {
    for (ByteString key : List.copyOf(lease.keys())) {
      List<KeyValue> unused = delete(new KeyRange(key, null, true));
    }
    leases.remove(lease);
    file.deleteLease(lease.id());
    endChange();
  }

  /** Ends the leases whose time is over, each at a revision of its own. */
  void expire(long nowNanos) {
    leases.ended(nowNanos).forEach(this::revoke);
  }

  /** The changes since this was last asked. */
  List<Change> takeFresh() {
    List<Change> taken = fresh;
    fresh = new ArrayList<>();
    return taken;
  }

  private static long size(KeyValue value) {
    return KEY_OVERHEAD_BYTES + value.getSerializedSize();
  }

  /** Bytes of a large request are slices of the whole of it, which would stay in memory. */
  private static ByteString unshared(ByteString bytes) {
    return ByteString.copyFrom(bytes.asReadOnlyByteBuffer());
  }
}
