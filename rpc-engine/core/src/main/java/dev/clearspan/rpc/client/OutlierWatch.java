package dev.clearspan.rpc.client;

import dev.clearspan.rpc.client.Routes.Target;
import dev.clearspan.rpc.outlier.OutlierChange;
import dev.clearspan.rpc.outlier.OutlierJudge;
import dev.clearspan.rpc.outlier.OutlierSettings;
import dev.clearspan.rpc.time.Scheduler.Scheduled;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Has a channel's endpoints judged against each other, once every interval of the policy in force.
 * Thread-safe; changes are told after its lock is released.
 */
final class OutlierWatch implements AutoCloseable {
  private final ChannelSettings settings;
  private final EndpointDirectory directory;
  private final ChannelCounters counters;
  private final ReentrantLock lock = new ReentrantLock();
  private OutlierSettings inForce; // this and the rest guarded by lock
  private @Nullable Routes seen;
  private @Nullable Scheduled next;
  private boolean closed;

  OutlierWatch(ChannelSettings settings, EndpointDirectory directory, ChannelCounters counters) {
    this.settings = settings;
    this.directory = directory;
    this.counters = counters;
    this.inForce = wanted();
    schedule();
  }

  /** A changed policy holds from now on; switched off, everybody ejected is back at once. */
  void rulesChanged() {
    OutlierSettings wanted = wanted();
    List<OutlierChange> changes = List.of();
    lock.lock();
    try {
      if (!wanted.equals(inForce)) {
        inForce = wanted;
        if (!wanted.enabled()) {
          look(directory.routes());
          changes = directory.watched().pardon();
        }
        schedule();
      }
    } finally {
      lock.unlock();
    }
    changes.forEach(counters::outlier);
  }

  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      schedule();
    } finally {
      lock.unlock();
    }
  }

  private void judge() {
    List<OutlierChange> changes;
    lock.lock();
    try {
      if (closed || !inForce.enabled()) {
        return;
      }
      Routes routes = directory.routes();
      look(routes);
      changes = new OutlierJudge(inForce).judge(directory.watched(), settings.ticker().nanos());
      schedule();
    } finally {
      lock.unlock();
    }
    changes.forEach(counters::outlier);
  }

  private void schedule() {
    if (next != null) {
      next.cancel();
      next = null;
    }
    if (!closed && inForce.enabled()) {
      next = settings.scheduler().schedule(this::judge, inForce.interval().toNanos());
    }
  }

  private OutlierSettings wanted() {
    return directory.routes().servicePolicy().outlier();
  }

  /** Routes seldom change, and whom there is to watch only with them. */
  private void look(Routes routes) {
    if (routes != seen) {
      seen = routes;
      directory
          .watched()
          .use(
              routes.usable().stream().map(target -> target.endpoint().watched()).toList(),
              (int) routes.usable().stream().filter(Target::isSuspect).count());
    }
  }
}
