package dev.clearspan.etcd;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The values found unusable and not replaced since, and how many there ever were. Thread-safe. */
final class IgnoredValues {
  private static final Logger LOG = LoggerFactory.getLogger(IgnoredValues.class);
  private static final int MAX_LISTED = 1_000;

  private final Map<String, IgnoredValue> current = new ConcurrentHashMap<>();
  private final AtomicLong total = new AtomicLong();

  void add(Stored stored, String reason) {
    long count = total.incrementAndGet();
    if (Long.bitCount(count) == 1) {
      LOG.warn("ignoring {}: {} ({} such values so far)", stored.key(), reason, count);
    }
    if (current.size() < MAX_LISTED || current.containsKey(stored.key())) {
      current.put(stored.key(), new IgnoredValue(stored.key(), stored.modRevision(), reason));
    }
  }

  void clear(String key) {
    current.remove(key);
  }

  List<IgnoredValue> list() {
    return List.copyOf(current.values());
  }

  long total() {
    return total.get();
  }
}
