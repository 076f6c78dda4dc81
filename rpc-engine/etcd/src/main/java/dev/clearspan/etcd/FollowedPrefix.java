package dev.clearspan.etcd;

import dev.clearspan.rpc.control.ControlStore.Listener;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Passes what a follower hears on to a listener of the control store, until closed. */
final class FollowedPrefix implements PrefixFollower.Sink {
  private static final Logger LOG = LoggerFactory.getLogger(FollowedPrefix.class);

  private final Listener listener;
  private volatile boolean closed;

  FollowedPrefix(Listener listener) {
    this.listener = listener;
  }

  void close() {
    closed = true;
  }

  @Override
  public void reset(List<Stored> entries, long revision) {
    tell(() -> listener.reset(entries.stream().map(Stored::toEntry).toList(), revision));
  }

  @Override
  public void changed(List<PrefixFollower.Change> changes, long revision) {
    for (PrefixFollower.Change change : changes) {
      Stored now = change.now();
      tell(
          () -> {
            if (now == null) {
              listener.deleted(change.key(), revision);
            } else {
              listener.put(now.toEntry());
            }
          });
    }
  }

  @Override
  public void confirmed(long revision) {
    // The listener knows everything already.
  }

  private void tell(Runnable news) {
    if (closed) {
      return;
    }
    try {
      news.run();
    } catch (RuntimeException e) {
      LOG.error("a listener of the control store failed", e);
    }
  }
}
