package dev.clearspan.console.audit;

import dev.clearspan.rpc.control.ControlStore;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The audit rows that the registry has now. The registry's thread writes and must not wait, so that
 * nothing is done here but remembering. Thread-safe.
 */
final class SeenRows implements ControlStore.Listener {
  static final String PREFIX = "audit/";

  private final ReentrantLock lock = new ReentrantLock();
  private final Map<String, SeenRow> rows = new HashMap<>();
  private final Map<String, PruneMark> prunes = new HashMap<>();
  private boolean loaded;
  private long changes;
  private long doubts;

  /**
   * All rows at one moment.
   *
   * @param changes how many changes led here; another number means other rows
   * @param doubts how many of them were something else than a new row
   */
  record Moment(
      boolean loaded,
      long changes,
      long doubts,
      Map<String, SeenRow> rows,
      List<PruneMark> prunes) {}

  Moment now() {
    lock.lock();
    try {
      return new Moment(
          loaded, changes, doubts, Map.copyOf(rows), new ArrayList<>(prunes.values()));
    } finally {
      lock.unlock();
    }
  }

  /** How many changes there were; -1: the registry was not read yet. */
  long changes() {
    lock.lock();
    try {
      return loaded ? changes : -1;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void reset(List<ControlStore.Entry> entries, long revision) {
    lock.lock();
    try {
      rows.clear();
      prunes.clear();
      entries.forEach(this::keep);
      loaded = true;
      changes++;
      doubts++;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void put(ControlStore.Entry entry) {
    lock.lock();
    try {
      keep(entry);
      changes++;
      if (entry.modRevision() != entry.createRevision()) {
        doubts++;
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void deleted(String key, long revision) {
    lock.lock();
    try {
      id(key)
          .ifPresent(
              id -> {
                rows.remove(id);
                prunes.remove(id);
              });
      changes++;
      doubts++;
    } finally {
      lock.unlock();
    }
  }

  private void keep(ControlStore.Entry entry) {
    id(entry.key())
        .ifPresent(
            id -> {
              rows.put(id, SeenRow.of(id, entry));
              PruneMark.in(entry.value())
                  .filter(mark -> mark.revision() < entry.createRevision())
                  .ifPresent(mark -> prunes.put(id, mark));
            });
  }

  private static Optional<String> id(String key) {
    return key.startsWith(PREFIX) ? Optional.of(key.substring(PREFIX.length())) : Optional.empty();
  }
}
