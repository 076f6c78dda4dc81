package dev.clearspan.console.intake;

import com.google.protobuf.ByteString;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/** Counts the spans of the traces seen last, so that no trace grows without end. Thread-safe. */
final class TraceSizes {
  private static final int REMEMBERED = 20_000;

  private final int limit;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<ByteString, Integer> sizes =
      new LinkedHashMap<>(16, 0.75f, /* accessOrder= */ true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<ByteString, Integer> eldest) {
          return size() > REMEMBERED;
        }
      };

  TraceSizes(int limit) {
    this.limit = limit;
  }

  /** Counts one more span; false if the trace is full. */
  boolean admits(ByteString traceId) {
    lock.lock();
    try {
      int size = sizes.getOrDefault(traceId, 0);
      if (size >= limit) {
        return false;
      }
      sizes.put(traceId, size + 1);
      return true;
    } finally {
      lock.unlock();
    }
  }
}
