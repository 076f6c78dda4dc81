package dev.clearspan.etcd.embedded;

import dev.clearspan.etcd.embedded.api.ResponseHeader;
import dev.clearspan.rpc.time.Ticker;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * All that the registry knows, and what happens around each round of requests. Used by the
 * registry's thread only.
 */
final class RegistryState implements GroupCommit.Rounds {
  /** The largest reply: what our gRPC server queues at most for one stream. */
  static final int MOST_REPLY_BYTES = 15 << 20;

  static final long TICK_MILLIS = 500;

  /**
   * A round that comes this late has missed renewals: the process was frozen, or starved. Leases
   * get the time back, or all of them would end at once while their owners live.
   */
  private static final long STALL_NANOS = TimeUnit.MILLISECONDS.toNanos(3 * TICK_MILLIS);

  private static final long ENOUGH_BYTES = 2 << 20;
  private static final long TIDY_NANOS = TimeUnit.SECONDS.toNanos(5);

  private final RegistryFile file;
  private final Ticker ticker;
  private final long progressNanos;
  private final Keyspace keyspace;
  private final WatchHub hub = new WatchHub();
  private final long clusterId;
  private final long memberId;
  private final long term;
  private long lastRound;
  private long lastProgress;
  private long lastTidy;

  RegistryState(RegistryFile file, RegistrySettings settings, Ticker ticker) {
    this.file = file;
    this.ticker = ticker;
    progressNanos = settings.progressInterval().toNanos();
    lastRound = ticker.nanos();
    lastProgress = lastRound;
    lastTidy = lastRound;
    clusterId = file.fact("cluster", randomId());
    memberId = file.fact("member", randomId());
    term = file.fact("starts", 0) + 1;
    file.setFact("starts", term);
    keyspace = new Keyspace(file, settings, lastRound);
    if (file.revision() == 0) {
      file.revision(keyspace.revision());
    }
    file.commit();
  }

  Keyspace keyspace() {
    return keyspace;
  }

  WatchHub hub() {
    return hub;
  }

  long memberId() {
    return memberId;
  }

  /** How often the registry has started with this file: what etcd calls the raft term. */
  long term() {
    return term;
  }

  long nowNanos() {
    return ticker.nanos();
  }

  long fileBytes() {
    return file.bytes();
  }

  ResponseHeader header(long revision) {
    return ResponseHeader.newBuilder()
        .setClusterId(clusterId)
        .setMemberId(memberId)
        .setRevision(revision)
        .setRaftTerm(term)
        .build();
  }

  ResponseHeader header() {
    return header(keyspace.revision());
  }

  @Override
  public void begin() {
    long now = ticker.nanos();
    long gap = now - lastRound;
    lastRound = now;
    if (gap > STALL_NANOS) {
      keyspace.leases().extend(gap);
    }
  }

  @Override
  public boolean isEnough() {
    return file.uncommittedBytes() >= ENOUGH_BYTES;
  }

  /** Leases end after the requests of the round, among which may be their renewals. */
  @Override
  public void commit() {
    keyspace.expire(ticker.nanos());
    file.commit();
  }

  @Override
  public void end() {
    hub.publish(keyspace.takeFresh());
    hub.answerProgress();
    long now = ticker.nanos();
    if (now - lastProgress >= progressNanos) {
      lastProgress = now;
      hub.tellQuiet();
    }
    if (now - lastTidy >= TIDY_NANOS) {
      lastTidy = now;
      file.tidy();
    }
  }

  private static long randomId() {
    return ThreadLocalRandom.current().nextLong(1, Long.MAX_VALUE);
  }
}
