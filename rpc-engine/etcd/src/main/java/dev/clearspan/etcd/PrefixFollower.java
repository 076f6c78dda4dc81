package dev.clearspan.etcd;

import dev.clearspan.etcd.Listing.Content;
import dev.clearspan.rpc.discovery.Subscription;
import dev.clearspan.rpc.time.Scheduler.Scheduled;
import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.Watch;
import io.etcd.jetcd.options.OptionsUtil;
import io.etcd.jetcd.options.WatchOption;
import io.etcd.jetcd.watch.WatchEvent;
import io.etcd.jetcd.watch.WatchResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a sink informed of all keys below a prefix: one listing, then one watch from its revision
 * on. Whatever ends or disturbs the watch (lost link, lost leader, compaction) leads to a new
 * listing, of which the sink gets the difference to what it knows; so does the mere passing of a
 * minute, because a watch can die without a word. Loop-only.
 */
final class PrefixFollower {
  private static final Logger LOG = LoggerFactory.getLogger(PrefixFollower.class);
  private static final Duration RELIST = Duration.ofSeconds(60);
  private static final Duration SPREAD = Duration.ofMillis(100);

  /** A listing is by key; who hears what it brought hears it in the order in which it happened. */
  private static final Comparator<Change> BY_REVISION =
      Comparator.comparingLong(change -> change.now() == null ? 0 : change.now().modRevision());

  /** Receives what a prefix holds, on the loop. */
  interface Sink {
    /** The whole content: the first listing, and the first of a store that lost its history. */
    void reset(List<Stored> entries, long revision);

    /** What changed, in order, up to the revision. */
    void changed(List<Change> changes, long revision);

    /** A listing has shown that nothing is missing up to the revision. */
    void confirmed(long revision);
  }

  /** One key's new content; null when it was deleted. */
  record Change(String key, @Nullable Stored now) {}

  private final Connection connection;
  private final String prefix;
  private final Sink sink;
  private final Backoff backoff = new Backoff(Duration.ofMillis(200), Duration.ofSeconds(1));
  private final Map<String, Long> known = new HashMap<>();

  private long revision;
  private boolean listed;
  private boolean complained;
  private int epoch;
  private @Nullable Runnable watchEnd;
  private @Nullable Scheduled timer;
  private @Nullable Subscription connectionEvents;

  PrefixFollower(Connection connection, String prefix, Sink sink) {
    this.connection = connection;
    this.prefix = prefix;
    this.sink = sink;
  }

  void start() {
    connectionEvents =
        connection.listen(
            new Connection.Listener() {
              @Override
              public void up() {
                restartIn(ThreadLocalRandom.current().nextLong(SPREAD.toNanos()));
              }

              @Override
              public void down() {
                suspend();
              }
            });
    if (connection.link() != null) {
      list();
    }
  }

  void stop() {
    suspend();
    if (connectionEvents != null) {
      connectionEvents.close();
    }
  }

  /** Lists now instead of at the next regular time. */
  void refresh() {
    if (connection.link() != null) {
      list();
    }
  }

  private void suspend() {
    epoch++;
    if (timer != null) {
      timer.cancel();
      timer = null;
    }
    if (watchEnd != null) {
      watchEnd.run();
      watchEnd = null;
    }
  }

  private void restartIn(long delayNanos) {
    suspend();
    timer = connection.loop().schedule(this::list, delayNanos);
  }

  /**
   * Starts a listing. What the watch says from now on is not heard: the listing has it, or the next
   * watch, which continues from the listing's revision, says it again.
   */
  private void list() {
    int started = ++epoch;
    Listing.read(
        connection,
        prefix,
        (content, failure) -> {
          if (epoch != started) {
            return;
          }
          if (failure != null) {
            retry("list", failure);
          } else {
            take(content);
          }
        });
  }

  private void take(Content content) {
    suspend();
    backoff.reset();
    complained = false;
    boolean storeWasReplaced = content.revision() < revision;
    if (!listed || storeWasReplaced) {
      listed = true;
      known.clear();
      content.entries().forEach(entry -> known.put(entry.key(), entry.modRevision()));
      revision = content.revision();
      sink.reset(content.entries(), revision);
    } else {
      List<Change> difference = difference(content);
      revision = content.revision();
      if (!difference.isEmpty()) {
        sink.changed(difference, revision);
      }
      sink.confirmed(revision);
    }
    watch();
    timer = connection.loop().schedule(this::list, Backoff.jittered(RELIST));
  }

  private List<Change> difference(Content content) {
    List<Change> changes = new ArrayList<>();
    Set<String> gone = new HashSet<>(known.keySet());
    for (Stored entry : content.entries()) {
      gone.remove(entry.key());
      Long before = known.put(entry.key(), entry.modRevision());
      if (before == null || before != entry.modRevision()) {
        changes.add(new Change(entry.key(), entry));
      }
    }
    changes.sort(BY_REVISION);
    for (String key : gone) {
      known.remove(key);
      changes.add(new Change(key, null));
    }
    return changes;
  }

  private void watch() {
    Link link = connection.link();
    if (link == null) {
      return;
    }
    int started = epoch;
    ByteSequence from = connection.keys().absolute(prefix);
    WatchOption option =
        WatchOption.builder()
            .withRange(OptionsUtil.prefixEndOf(from))
            .withRevision(revision + 1)
            .withRequireLeader(true)
            .build();
    Watch.Listener listener =
        Watch.listener(
            response -> inEpoch(started, () -> take(response)),
            failure -> inEpoch(started, () -> broken(failure)),
            () -> inEpoch(started, () -> broken(null)));
    try {
      Watch.Watcher watcher = link.watch(from, option, listener);
      watchEnd = () -> link.endWatch(watcher, connection.pool());
    } catch (RuntimeException e) {
      retry("watch", e);
    }
  }

  private void inEpoch(int started, Runnable task) {
    connection
        .loop()
        .execute(
            () -> {
              if (epoch == started) {
                task.run();
              }
            });
  }

  private void take(WatchResponse response) {
    connection.heard(response.getHeader().getRevision());
    List<Change> changes = new ArrayList<>();
    long newest = revision;
    for (WatchEvent event : response.getEvents()) {
      Stored stored = Stored.of(connection.keys(), event.getKeyValue());
      if (stored.modRevision() <= revision) {
        continue;
      }
      newest = Math.max(newest, stored.modRevision());
      changes.add(change(event, stored));
    }
    if (!changes.isEmpty()) {
      revision = newest;
      sink.changed(changes, revision);
    }
  }

  private Change change(WatchEvent event, Stored stored) {
    if (event.getEventType() == WatchEvent.EventType.DELETE) {
      known.remove(stored.key());
      return new Change(stored.key(), null);
    }
    known.put(stored.key(), stored.modRevision());
    return new Change(stored.key(), stored);
  }

  private void broken(@Nullable Throwable failure) {
    LOG.debug("watch of {} ended, listing again: {}", prefix, failure, failure);
    connection.doubt();
    restartIn(backoff.nextNanos());
  }

  private void retry(String what, Throwable failure) {
    if (!Failures.isDisconnect(failure) && !complained) {
      complained = true;
      LOG.warn("cannot {} {}: {}; trying on", what, prefix, Failures.describe(failure));
    }
    restartIn(backoff.nextNanos());
  }
}
