package dev.clearspan.etcd;

import dev.clearspan.rpc.discovery.Subscription;
import dev.clearspan.rpc.time.Scheduler.Scheduled;
import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.options.GetOption;
import io.etcd.jetcd.options.OptionsUtil;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How often the processes of this environment push their metrics: as the fleet's document says,
 * else so that at most {@value #PUSHES_PER_SECOND} pushes a second arrive from all of them, and
 * each pushes at most once a second. They are counted now and then, by their status keys.
 * Loop-only.
 */
final class PushInterval {
  private static final Logger LOG = LoggerFactory.getLogger(PushInterval.class);
  private static final int PUSHES_PER_SECOND = 200;
  private static final int COUNTS_PER_SECOND = 50;
  private static final Duration SHORTEST = Duration.ofSeconds(1);
  private static final Duration RECOUNT = Duration.ofMinutes(1);

  private final Connection connection;
  private final List<Delivery<Duration>> listeners = new CopyOnWriteArrayList<>();
  private @Nullable Duration set;
  private Duration byNumber = SHORTEST;
  private Duration told = SHORTEST;
  private boolean stopped;
  private @Nullable Scheduled timer;

  PushInterval(Connection connection) {
    this.connection = connection;
  }

  void start() {
    count();
  }

  void stop() {
    stopped = true;
    if (timer != null) {
      timer.cancel();
    }
  }

  /** By any thread; the listener is called on the loop. */
  Subscription watch(Consumer<Duration> listener) {
    Delivery<Duration> delivery = new Delivery<>(listener, listeners::remove);
    connection
        .loop()
        .execute(
            () -> {
              listeners.add(delivery);
              delivery.deliver(told);
            });
    return delivery;
  }

  /** What the fleet's document says; null: nothing. */
  void set(@Nullable Duration interval) {
    set = interval;
    tell();
  }

  static Duration byNumber(long processes) {
    Duration fair = spread(processes, PUSHES_PER_SECOND);
    return fair.compareTo(SHORTEST) > 0 ? fair : SHORTEST;
  }

  private void count() {
    ByteSequence from = connection.keys().absolute(Keyspace.STATUS);
    GetOption option =
        GetOption.builder().withRange(OptionsUtil.prefixEndOf(from)).withCountOnly(true).build();
    connection.call(
        client -> Reads.read(client, from, option),
        (response, failure) -> {
          if (failure == null) {
            counted(Reads.result(response).getCount());
          } else {
            LOG.debug("cannot count processes: {}", Failures.describe(failure));
            countAgainIn(RECOUNT);
          }
        });
  }

  private void counted(long processes) {
    byNumber = byNumber(processes);
    tell();
    Duration fair = spread(processes, COUNTS_PER_SECOND);
    countAgainIn(fair.compareTo(RECOUNT) > 0 ? fair : RECOUNT);
  }

  private void countAgainIn(Duration pause) {
    if (!stopped) {
      timer = connection.loop().schedule(this::count, Backoff.jittered(pause));
    }
  }

  private void tell() {
    Duration now = set != null ? set : byNumber;
    if (!now.equals(told)) {
      told = now;
      listeners.forEach(listener -> listener.deliver(now));
    }
  }

  private static Duration spread(long processes, int perSecond) {
    return Duration.ofMillis(processes * 1_000 / perSecond);
  }
}
