package dev.clearspan.etcd;

import dev.clearspan.rpc.discovery.Subscription;
import dev.clearspan.rpc.time.Scheduler.Scheduled;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The lease under which everything stands that must vanish with the process. Renewed every third of
 * its life by requests of our own; when etcd no longer knows it, a new one is granted at once and
 * whoever holds keys under it puts them again. Loop-only.
 */
final class ProcessLease {
  private static final Logger LOG = LoggerFactory.getLogger(ProcessLease.class);

  private final Connection connection;
  private final Duration ttl;
  private final Backoff backoff = new Backoff(Duration.ofMillis(200), Duration.ofSeconds(1));
  private final List<Runnable> grantListeners = new CopyOnWriteArrayList<>();
  private long id;
  private long ttlSeconds;
  private boolean busy;
  private boolean ended;
  private @Nullable Scheduled timer;
  private @Nullable Subscription connectionEvents;

  ProcessLease(Connection connection, Duration ttl) {
    this.connection = connection;
    this.ttl = ttl;
  }

  /** Calls the listener whenever there is a new lease, under which nothing stands yet. */
  void onGranted(Runnable listener) {
    grantListeners.add(listener);
  }

  void start() {
    connectionEvents =
        connection.listen(
            new Connection.Listener() {
              @Override
              public void up() {
                keep();
              }

              @Override
              public void down() {
                // Renewed or replaced as soon as the connection is up again.
              }
            });
    if (connection.link() != null) {
      keep();
    }
  }

  /** The lease's id; 0 when there is none. */
  long id() {
    return id;
  }

  /** Gives the lease up; etcd deletes what stands under it. */
  CompletableFuture<?> end() {
    ended = true;
    cancelTimer();
    if (connectionEvents != null) {
      connectionEvents.close();
    }
    long last = id;
    id = 0;
    return last == 0
        ? CompletableFuture.completedFuture(null)
        : connection.call(client -> client.getLeaseClient().revoke(last));
  }

  private void keep() {
    if (busy || ended) {
      return;
    }
    busy = true;
    cancelTimer();
    if (id == 0) {
      grant();
    } else {
      renew();
    }
  }

  private void grant() {
    connection.call(
        client -> client.getLeaseClient().grant(ttl.toSeconds()),
        (response, failure) -> {
          busy = false;
          if (failure != null) {
            retry("grant a lease", failure);
          } else if (!ended) {
            id = response.getID();
            ttlSeconds = response.getTTL();
            keepLater();
            grantListeners.forEach(Runnable::run);
          }
        });
  }

  private void renew() {
    long renewed = id;
    connection.call(
        client -> client.getLeaseClient().keepAliveOnce(renewed),
        (response, failure) -> {
          busy = false;
          if (failure == null && response.getTTL() > 0) {
            keepLater();
          } else if (failure == null || Failures.isNotFound(failure)) {
            LOG.warn("etcd has dropped this process' lease; registering again");
            id = 0;
            keep();
          } else {
            retry("renew the lease", failure);
          }
        });
  }

  private void keepLater() {
    backoff.reset();
    timer = connection.loop().schedule(this::keep, Duration.ofSeconds(ttlSeconds).dividedBy(3));
  }

  private void retry(String what, Throwable failure) {
    LOG.debug("cannot {}: {}; trying on", what, Failures.describe(failure));
    if (!ended) {
      cancelTimer();
      timer = connection.loop().schedule(this::keep, backoff.nextNanos());
    }
  }

  private void cancelTimer() {
    if (timer != null) {
      timer.cancel();
      timer = null;
    }
  }
}
