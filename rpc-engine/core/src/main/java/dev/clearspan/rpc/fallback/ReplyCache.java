package dev.clearspan.rpc.fallback;

import dev.clearspan.rpc.Metadata;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The last good reply to each request, up to {@value #MOST_ENTRIES} and {@value #MOST_BYTES} bytes
 * of encoded messages; what was not used for longest goes first. Requests are the same if method,
 * message and metadata are equal: what one user was told is for nobody else. Thread-safe.
 */
public final class ReplyCache {
  public static final int MOST_ENTRIES = 1_000;
  public static final long MOST_BYTES = 4 * 1024 * 1024;

  private final ReentrantLock lock = new ReentrantLock();
  // In the order of use; guarded by lock.
  private final Map<Key, Entry> entries = new LinkedHashMap<>(16, 0.75f, true);
  private long bytes; // guarded by lock

  /** What makes two requests the same. */
  public record Key(String method, Object request, Metadata metadata) {}

  private record Entry(Object reply, long atNanos, long bytes) {}

  /**
   * Remembers a reply.
   *
   * @param size of request and reply, encoded
   */
  public void put(Key key, Object reply, long size, long nowNanos) {
    lock.lock();
    try {
      Entry before = entries.put(key, new Entry(reply, nowNanos, size));
      bytes += size - (before == null ? 0 : before.bytes);
      Iterator<Entry> oldest = entries.values().iterator();
      while (entries.size() > MOST_ENTRIES || bytes > MOST_BYTES) {
        bytes -= oldest.next().bytes;
        oldest.remove();
      }
    } finally {
      lock.unlock();
    }
  }

  /** The reply, unless it is older than this or was dropped. */
  public @Nullable Object find(Key key, long ageNanos, long nowNanos) {
    lock.lock();
    try {
      Entry entry = entries.get(key);
      return entry == null || nowNanos - entry.atNanos > ageNanos ? null : entry.reply;
    } finally {
      lock.unlock();
    }
  }

  /** Bytes of the messages that are remembered. */
  public long bytes() {
    lock.lock();
    try {
      return bytes;
    } finally {
      lock.unlock();
    }
  }
}
