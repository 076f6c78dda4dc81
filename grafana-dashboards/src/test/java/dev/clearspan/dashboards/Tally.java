package dev.clearspan.dashboards;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/** What callers and handlers counted by themselves: the truth that dashboards must show. */
final class Tally {
  /**
   * What was counted.
   *
   * @param where "made" by a caller, "served" by a handler, "refused" by a breaker
   * @param instance the handler's; "" for callers
   * @param error empty for OK
   */
  record Key(String where, String instance, String method, String error) {}

  private final Map<Key, Long> counts;

  Tally() {
    this(new ConcurrentHashMap<>());
  }

  private Tally(Map<Key, Long> counts) {
    this.counts = counts;
  }

  void count(String where, String instance, String method, String error) {
    counts.merge(new Key(where, instance, method, error), 1L, Long::sum);
  }

  Tally copy() {
    return new Tally(new HashMap<>(counts));
  }

  /** What was counted since then; keys that were known before stay, with 0. */
  Tally since(Tally earlier) {
    Map<Key, Long> difference = new HashMap<>();
    counts.forEach((key, n) -> difference.put(key, n - earlier.counts.getOrDefault(key, 0L)));
    return new Tally(difference);
  }

  /** Sum of what fits. */
  long sum(Predicate<Key> wanted) {
    return counts.entrySet().stream()
        .filter(entry -> wanted.test(entry.getKey()))
        .mapToLong(Map.Entry::getValue)
        .sum();
  }

  Iterable<Key> keys() {
    return counts.keySet();
  }
}
