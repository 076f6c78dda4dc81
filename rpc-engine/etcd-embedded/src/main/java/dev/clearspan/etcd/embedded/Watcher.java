package dev.clearspan.etcd.embedded;

import dev.clearspan.etcd.embedded.api.WatchCreateRequest;
import dev.clearspan.etcd.embedded.api.WatchCreateRequest.FilterType;

/**
 * One watch of a stream. Either it is told each change as it is committed, or it is behind: then it
 * goes through the history from where it stands, as fast as its client reads. Used by the
 * registry's thread only.
 */
final class Watcher {
  private final WatchStream stream;
  private final long id;
  private final KeyRange range;
  private final WatchCreateRequest options;
  private long next;
  private boolean behind;
  private boolean heardSinceTick;

  /**
   * A watch.
   *
   * @param next the first revision that it is about
   * @param current the registry's revision
   */
  Watcher(
      WatchStream stream,
      long id,
      KeyRange range,
      WatchCreateRequest options,
      long next,
      long current) {
    this.stream = stream;
    this.id = id;
    this.range = range;
    this.options = options;
    this.next = next;
    this.behind = next <= current;
  }

  WatchStream stream() {
    return stream;
  }

  long id() {
    return id;
  }

  KeyRange range() {
    return range;
  }

  boolean wantsBefore() {
    return options.getPrevKv();
  }

  boolean takesFragments() {
    return options.getFragment();
  }

  /** Whether it passes the filters; the key has been looked at. */
  boolean wants(Change change) {
    return !options
        .getFiltersList()
        .contains(change.isDelete() ? FilterType.NODELETE : FilterType.NOPUT);
  }

  /** The first revision it has not been told of. */
  long next() {
    return next;
  }

  boolean isBehind() {
    return behind;
  }

  /** It has to catch up, from this revision on. */
  void fallBehind(long revision) {
    behind = true;
    next = revision;
  }

  /** It knows all before this revision, but not all. */
  void advance(long revision) {
    next = revision;
  }

  /** It knows all before this revision, which is still to come. */
  void caughtUp(long revision) {
    behind = false;
    next = revision;
  }

  /** It has been sent something. */
  void heard() {
    heardSinceTick = true;
  }

  /** Whether it waits to be told that nothing has happened; asks anew from now on. */
  boolean takeQuiet() {
    boolean quiet = options.getProgressNotify() && !behind && !heardSinceTick;
    heardSinceTick = false;
    return quiet;
  }
}
