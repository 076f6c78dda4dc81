package dev.clearspan.etcd.embedded;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.clearspan.etcd.embedded.api.KeyValue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;

/**
 * What survives the process: live keys, leases and the revision, in one file of H2's MVStore.
 * Changes count together with the next {@link #commit}, or not at all. Used by the registry's
 * thread only, but for {@link #sync}.
 *
 * <p>The file is only ever appended to: where MVStore reuses space, a process that is killed loses
 * commits that it had been told were written. So it grows with every commit, and {@link #tidy} now
 * and then puts a fresh one in its place.
 */
final class RegistryFile implements AutoCloseable {
  static final String NAME = "registry.mv.db";

  private static final String REVISION = "revision";

  /** What is live is in memory anyway. */
  private static final int CACHE_MEGABYTES = 1;

  /** A file this much larger than its content, and beyond, is written anew. */
  private static final long GROWTH_BYTES = 32 << 20;

  private static final int GROWTH_FACTOR = 2;

  private final Path path;
  private volatile Content content;
  private long freshBytes;
  private boolean changed;
  private long uncommittedBytes;
  private volatile long commits;

  /** The open file. */
  private record Content(
      MVStore store,
      MVMap<byte[], byte[]> keys,
      MVMap<Long, Long> leases,
      MVMap<String, Long> facts) {
    static Content open(Path path) {
      MVStore store =
          new MVStore.Builder()
              .fileName(path.toString())
              .autoCommitDisabled()
              .autoCommitBufferSize(0)
              .cacheSize(CACHE_MEGABYTES)
              .open();
      store.setReuseSpace(false);
      store.setVersionsToKeep(0);
      return new Content(
          store, store.openMap("keys"), store.openMap("leases"), store.openMap("facts"));
    }

    void copyTo(Content other) {
      keys.forEach(other.keys::put);
      leases.forEach(other.leases::put);
      facts.forEach(other.facts::put);
    }
  }

  private RegistryFile(Path path) {
    this.path = path;
    content = Content.open(path);
    freshBytes = bytes();
  }

  /**
   * The file in this directory, made if need be.
   *
   * @throws RegistryStartException if it cannot be used; the message says why and what helps
   */
  static RegistryFile open(Path directory) {
    Path file = directory.resolve(NAME);
    try {
      Files.createDirectories(directory);
      return new RegistryFile(file);
    } catch (IOException e) {
      throw new RegistryStartException(
          directory + ": " + e.getMessage() + " (expected: a directory that can be written)", e);
    } catch (MVStoreException e) {
      throw new RegistryStartException(explained(file, e), e);
    }
  }

  private static String explained(Path file, MVStoreException failure) {
    return switch (failure.getErrorCode()) {
      case DataUtils.ERROR_FILE_LOCKED ->
          file
              + ": in use by another registry (expected: one per directory; stop it, or take"
              + " another directory)";
      case DataUtils.ERROR_FILE_CORRUPT, DataUtils.ERROR_UNSUPPORTED_FORMAT ->
          file
              + ": damaged ("
              + failure.getMessage()
              + "). Move it away to start empty: services register again by themselves, rules must"
              + " be set again";
      default -> file + ": " + failure.getMessage();
    };
  }

  /** The last revision; 0 in a new file. */
  long revision() {
    return content.facts.getOrDefault(REVISION, 0L);
  }

  void revision(long revision) {
    content.facts.put(REVISION, revision);
    changed = true;
  }

  /** A number that the file keeps, given it by the first who asks. */
  long fact(String name, long first) {
    Long known = content.facts.putIfAbsent(name, first);
    changed |= known == null;
    return known == null ? first : known;
  }

  /** Replaces such a number. */
  void setFact(String name, long value) {
    content.facts.put(name, value);
    changed = true;
  }

  /** All live keys. */
  Iterable<KeyValue> keys() {
    return () -> content.keys.values().stream().map(RegistryFile::parsed).iterator();
  }

  void put(KeyValue value) {
    byte[] bytes = value.toByteArray();
    content.keys.put(value.getKey().toByteArray(), bytes);
    changed = true;
    uncommittedBytes += bytes.length;
  }

  void delete(ByteString key) {
    content.keys.remove(key.toByteArray());
    changed = true;
  }

  /** All leases: their ids, each with its time to live in seconds. */
  Map<Long, Long> leases() {
    return content.leases;
  }

  void putLease(Lease lease) {
    content.leases.put(lease.id(), lease.ttlSeconds());
    changed = true;
  }

  void deleteLease(long id) {
    content.leases.remove(id);
    changed = true;
  }

  /**
   * Writes what has changed. When it returns, the operating system has it: a killed process loses
   * none of it.
   *
   * @throws MVStoreException if it cannot be written; the file is of no use then
   */
  void commit() {
    if (changed) {
      changed = false;
      uncommittedBytes = 0;
      commits = content.store.commit();
    }
  }

  /** How much of values the next commit writes. */
  long uncommittedBytes() {
    return uncommittedBytes;
  }

  /** Changes with each commit. Any thread's. */
  long commits() {
    return commits;
  }

  /** Has the operating system write it to the disk. Any thread's. */
  void sync() {
    MVStore store = content.store;
    try {
      store.sync();
    } catch (MVStoreException e) {
      if (!store.isClosed()) {
        throw e;
      }
    }
  }

  long bytes() {
    try {
      return Files.size(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Puts a fresh file in the place of one that is mostly outdated; all must be committed. Takes
   * about a second for 100 MB of content. Whenever the process ends, one of them is there, whole.
   */
  void tidy() {
    if (bytes() < GROWTH_FACTOR * freshBytes + GROWTH_BYTES) {
      return;
    }
    Path fresh = path.resolveSibling(NAME + ".new");
    try {
      Files.deleteIfExists(fresh);
      Content copy = Content.open(fresh);
      content.copyTo(copy);
      copy.store.commit();
      copy.store.sync();
      copy.store.close();
      content.store.close();
      Files.move(fresh, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    content = Content.open(path);
    freshBytes = bytes();
  }

  @Override
  public void close() {
    content.store.close();
  }

  private static KeyValue parsed(byte[] bytes) {
    try {
      return KeyValue.parseFrom(bytes);
    } catch (InvalidProtocolBufferException e) {
      throw new UncheckedIOException(e);
    }
  }
}
