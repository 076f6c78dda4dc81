package dev.clearspan.etcd;

import dev.clearspan.protocol.ProcessStatus;
import dev.clearspan.rpc.control.StatusBoard;
import dev.clearspan.rpc.control.StatusBoard.Urgency;
import dev.clearspan.rpc.discovery.Subscription;
import dev.clearspan.rpc.time.Scheduler.Scheduled;
import io.etcd.jetcd.options.PutOption;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the process' status document: the newest state wins, nothing is queued. After two quiet
 * seconds a change goes out at once, otherwise at the fleet's interval; what is urgent goes out
 * within 200 ms. One write is in flight at a time. Loop-only but for the board's notifications,
 * which come from any thread and cost one atomic operation while a write is due anyway.
 */
final class StatusPublisher {
  private static final Logger LOG = LoggerFactory.getLogger(StatusPublisher.class);
  private static final Duration QUIET = Duration.ofSeconds(2);
  private static final Duration GATHER = Duration.ofMillis(20);
  private static final Duration URGENT_INTERVAL = Duration.ofMillis(100);
  static final Duration DEFAULT_INTERVAL = Duration.ofSeconds(1);

  private final StatusBoard board;
  private final Connection connection;
  private final ProcessLease lease;
  private final String key;
  private final Subscription boardEvents;
  private final AtomicReference<@Nullable Urgency> pending = new AtomicReference<>();

  private Duration interval = DEFAULT_INTERVAL;
  private long lastWriteNanos = System.nanoTime() - QUIET.toNanos();
  private boolean dirty = true;
  private boolean urgent;
  private boolean writing;
  private boolean stopped;
  private @Nullable Scheduled timer;

  StatusPublisher(StatusBoard board, Connection connection, ProcessLease lease) {
    this.board = board;
    this.connection = connection;
    this.lease = lease;
    key = Keyspace.statusKey(board.identity().processId());
    boardEvents = board.onChange(this::changed);
    lease.onGranted(() -> mark(Urgency.URGENT));
  }

  void interval(Duration value) {
    interval = value;
  }

  void stop() {
    stopped = true;
    boardEvents.close();
    if (timer != null) {
      timer.cancel();
    }
  }

  private void changed(Urgency urgency) {
    Urgency before = pending.getAndUpdate(known -> known == Urgency.URGENT ? known : urgency);
    if (before == null || (before == Urgency.NORMAL && urgency == Urgency.URGENT)) {
      connection.loop().execute(this::takePending);
    }
  }

  private void takePending() {
    Urgency taken = pending.getAndSet(null);
    if (taken != null) {
      mark(taken);
    }
  }

  private void mark(Urgency urgency) {
    dirty = true;
    urgent |= urgency == Urgency.URGENT;
    plan();
  }

  private void plan() {
    if (!dirty || writing || stopped || lease.id() == 0) {
      return;
    }
    if (timer != null) {
      timer.cancel();
    }
    timer = connection.loop().schedule(this::write, nanosUntilDue());
  }

  private long nanosUntilDue() {
    long sinceLast = System.nanoTime() - lastWriteNanos;
    long pause;
    if (urgent) {
      pause = URGENT_INTERVAL.toNanos();
    } else if (sinceLast >= QUIET.toNanos()) {
      pause = 0;
    } else {
      pause = interval.toNanos() + Backoff.jittered(interval.dividedBy(5));
    }
    return Math.max(GATHER.toNanos(), pause - sinceLast);
  }

  private void write() {
    timer = null;
    if (writing || stopped || lease.id() == 0) {
      return;
    }
    writing = true;
    dirty = false;
    urgent = false;
    lastWriteNanos = System.nanoTime();
    ProcessStatus status = StatusDocument.bounded(board.snapshot());
    PutOption option = PutOption.builder().withLeaseId(lease.id()).build();
    connection.call(
        client ->
            client
                .getKVClient()
                .put(
                    connection.keys().absolute(key),
                    Keyspace.bytes(JsonValues.print(status)),
                    option),
        (response, failure) -> {
          writing = false;
          if (failure != null) {
            LOG.debug("cannot write {}: {}", key, Failures.describe(failure));
            dirty = true;
          }
          plan();
        });
  }
}
