package dev.clearspan.etcd.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import dev.clearspan.etcd.EtcdProcess;
import dev.clearspan.etcd.embedded.api.CompactionRequest;
import dev.clearspan.etcd.embedded.api.WatchCancelRequest;
import dev.clearspan.etcd.embedded.api.WatchCreateRequest;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.awaitility.Awaitility;

/** The same requests, one after the other, to a real etcd and to ours. */
final class DifferentialRun implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final long seed;
  private final EtcdProcess etcd = EtcdProcess.start();
  private final Peer theirs;
  private final Peer ours;
  private final Answers theirAnswers;
  private final Answers ourAnswers;
  private final Watching theirWatches;
  private final Watching ourWatches;
  private final Map<String, Integer> counts = new HashMap<>();
  private int watches;
  private long revision = 1;
  private long compacted;

  DifferentialRun(long seed, String endpoint) {
    this.seed = seed;
    theirs = new Peer(etcd.endpoint());
    ours = new Peer(endpoint);
    theirAnswers = new Answers(theirs);
    ourAnswers = new Answers(ours);
    theirWatches = new Watching(theirs);
    ourWatches = new Watching(ours);
  }

  /** Makes that many requests; returns how many there were of each kind. */
  Map<String, Integer> run(int requests) {
    RandomRequests random = new RandomRequests(seed);
    for (int i = 0; i < requests; i++) {
      Message request = random.next(revision, compacted);
      counts.merge(request.getDescriptorForType().getName(), 1, Integer::sum);
      if (request instanceof WatchCreateRequest watch) {
        create(watch, i);
      } else if (request instanceof WatchCancelRequest cancel) {
        cancel(cancel, i);
      } else {
        ask(request, i);
      }
    }
    settle(requests);
    return counts;
  }

  private void ask(Message request, int index) {
    if (request instanceof CompactionRequest) {
      // etcd reads what a watch has missed ten times a second, and by then it may be gone.
      settle(index);
    }
    String expected = theirAnswers.to(request);

    assertThat(ourAnswers.to(request)).as(describe(index) + request).isEqualTo(expected);
    revision = theirAnswers.revision();
    if (request instanceof CompactionRequest compaction && !expected.startsWith("OUT_OF_RANGE")) {
      compacted = compaction.getRevision();
    }
  }

  private void create(WatchCreateRequest request, int index) {
    theirWatches.create(request);
    ourWatches.create(request);
    watches++;
    Awaitility.await(describe(index) + request)
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(1))
        .until(() -> theirWatches.created() == watches && ourWatches.created() == watches);
  }

  private void cancel(WatchCancelRequest request, int index) {
    // Events on their way may or may not get out before it.
    settle(index);
    // One that a compaction has ended, etcd ends again.
    if (!theirWatches.isCompacted(request.getWatchId())) {
      theirWatches.cancel(request);
      ourWatches.cancel(request);
      settle(index);
    }
  }

  /** Waits until both have told the same. */
  private void settle(int index) {
    Awaitility.await(describe(index) + "watch events")
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(10))
        .untilAsserted(() -> assertThat(ourWatches.heard()).isEqualTo(theirWatches.heard()));
  }

  private String describe(int index) {
    return "seed " + seed + ", request " + index + ": ";
  }

  @Override
  public void close() {
    ours.close();
    theirs.close();
    etcd.close();
  }
}
