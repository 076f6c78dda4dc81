package dev.clearspan.etcd.embedded;

import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Who watches what. Keeps nothing for those who read slowly: they fall behind, and catch up from
 * the history. Used by the registry's thread only.
 */
final class WatchHub {
  static final int MOST_WATCHERS = 50_000;

  private final Map<ByteString, Set<Watcher>> ofKey = new HashMap<>();
  private final Map<KeyRange, Set<Watcher>> ofRange = new HashMap<>();
  private final Set<WatchStream> streams = new LinkedHashSet<>();
  private final Set<WatchStream> askedForProgress = new LinkedHashSet<>();
  private int watchers;

  boolean isFull() {
    return watchers >= MOST_WATCHERS;
  }

  int watchers() {
    return watchers;
  }

  void add(WatchStream stream) {
    streams.add(stream);
  }

  void remove(WatchStream stream) {
    streams.remove(stream);
    askedForProgress.remove(stream);
  }

  void add(Watcher watcher) {
    KeyRange range = watcher.range();
    Set<Watcher> same =
        range.isSingle()
            ? ofKey.computeIfAbsent(range.from(), key -> new LinkedHashSet<>())
            : ofRange.computeIfAbsent(range, key -> new LinkedHashSet<>());
    if (same.add(watcher)) {
      watchers++;
    }
  }

  void remove(Watcher watcher) {
    KeyRange range = watcher.range();
    boolean removed =
        range.isSingle() ? remove(ofKey, range.from(), watcher) : remove(ofRange, range, watcher);
    if (removed) {
      watchers--;
    }
  }

  private static <K> boolean remove(Map<K, Set<Watcher>> all, K key, Watcher watcher) {
    Set<Watcher> same = all.get(key);
    if (same == null || !same.remove(watcher)) {
      return false;
    }
    if (same.isEmpty()) {
      all.remove(key);
    }
    return true;
  }

  /** Tells what has been committed to all who watch it and are not behind. */
  void publish(List<Change> changes) {
    Map<Watcher, List<Change>> told = new LinkedHashMap<>();
    for (Change change : changes) {
      collect(change, ofKey.getOrDefault(change.key(), Set.of()), told);
      ofRange.forEach(
          (range, same) -> {
            if (range.contains(change.key())) {
              collect(change, same, told);
            }
          });
    }
    told.forEach((watcher, news) -> watcher.stream().tell(watcher, news));
  }

  private static void collect(
      Change change, Set<Watcher> watching, Map<Watcher, List<Change>> told) {
    for (Watcher each : watching) {
      if (!each.isBehind() && change.revision() >= each.next() && each.wants(change)) {
        told.computeIfAbsent(each, key -> new ArrayList<>()).add(change);
      }
    }
  }

  /** The stream wants to know how far it has been told. */
  void askForProgress(WatchStream stream) {
    askedForProgress.add(stream);
  }

  /** Answers those who asked and have been told everything. */
  void answerProgress() {
    askedForProgress.removeIf(WatchStream::tellProgress);
  }

  /** Tells those who want it and have heard nothing since the last time that all is well. */
  void tellQuiet() {
    streams.forEach(WatchStream::tellQuiet);
  }

  /** Ends all streams: the server stops. */
  void close() {
    List.copyOf(streams).forEach(WatchStream::stop);
  }
}
