package dev.clearspan.etcd.embedded;

import dev.clearspan.etcd.embedded.api.WatchCancelRequest;
import dev.clearspan.etcd.embedded.api.WatchCreateRequest;
import dev.clearspan.etcd.embedded.api.WatchRequest;
import dev.clearspan.etcd.embedded.api.WatchResponse;
import io.grpc.stub.StreamObserver;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One stream of watches, and what came on it: for each watch its events and its fate, as text, the
 * older ones as a number that tells whether two have heard the same.
 */
final class Watching implements StreamObserver<WatchResponse> {
  private final StreamObserver<WatchRequest> requests;
  private static final int SHOWN = 12;

  private final Map<Long, Deque<String>> heard = new TreeMap<>();
  private final Map<Long, Long> older = new HashMap<>();
  private int created;
  private @Nullable Throwable failure;

  Watching(Peer peer) {
    requests = peer.watch(this);
  }

  void create(WatchCreateRequest request) {
    requests.onNext(WatchRequest.newBuilder().setCreateRequest(request).build());
  }

  void cancel(WatchCancelRequest request) {
    requests.onNext(WatchRequest.newBuilder().setCancelRequest(request).build());
  }

  /** Watches that were made or refused. */
  synchronized int created() {
    return created;
  }

  /** Whether a compaction has ended the watch. */
  synchronized boolean isCompacted(long id) {
    return heard.getOrDefault(id, new ArrayDeque<>()).stream()
        .anyMatch(each -> each.matches("canceled, compacted at [1-9].*"));
  }

  /** For each watch what it has heard. */
  synchronized Map<Long, List<String>> heard() {
    if (failure != null) {
      throw new AssertionError("the stream has ended", failure);
    }
    Map<Long, List<String>> copy = new TreeMap<>();
    heard.forEach(
        (id, events) -> {
          List<String> all = new ArrayList<>(events);
          if (older.containsKey(id)) {
            all.add(0, "older ones: " + older.get(id));
          }
          copy.put(id, all);
        });
    return copy;
  }

  @Override
  public synchronized void onNext(WatchResponse response) {
    long id = response.getWatchId();
    if (response.getCreated()) {
      created++;
      add(id, "created at " + response.getHeader().getRevision());
    }
    if (response.getCanceled()) {
      // The reason of a compaction is told by newer releases of etcd only.
      String reason = response.getCompactRevision() > 0 ? "" : response.getCancelReason();
      add(id, "canceled, compacted at " + response.getCompactRevision() + reason);
    }
    response.getEventsList().forEach(event -> add(id, event.toString()));
  }

  private void add(long id, String news) {
    Deque<String> of = heard.computeIfAbsent(id, key -> new ArrayDeque<>());
    of.add(news);
    if (of.size() > SHOWN) {
      older.merge(id, (long) of.remove().hashCode(), (known, next) -> 31 * known + next);
    }
  }

  @Override
  public synchronized void onError(Throwable cause) {
    failure = cause;
  }

  @Override
  public void onCompleted() {}
}
