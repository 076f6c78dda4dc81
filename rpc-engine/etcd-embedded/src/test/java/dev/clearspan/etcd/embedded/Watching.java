package dev.clearspan.etcd.embedded;

import dev.clearspan.etcd.embedded.api.WatchCreateRequest;
import dev.clearspan.etcd.embedded.api.WatchRequest;
import dev.clearspan.etcd.embedded.api.WatchResponse;
import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One stream of watches, and what came on it: for each watch its events and its fate, as text. */
final class Watching implements StreamObserver<WatchResponse> {
  private final StreamObserver<WatchRequest> requests;
  private final Map<Long, List<String>> heard = new TreeMap<>();
  private int created;
  private @Nullable Throwable failure;

  Watching(Peer peer) {
    requests = peer.watch(this);
  }

  void create(WatchCreateRequest request) {
    requests.onNext(WatchRequest.newBuilder().setCreateRequest(request).build());
  }

  void send(WatchRequest request) {
    requests.onNext(request);
  }

  /** Watches that were made or refused. */
  synchronized int created() {
    return created;
  }

  /** For each watch what it has heard. */
  synchronized Map<Long, List<String>> heard() {
    if (failure != null) {
      throw new AssertionError("the stream has ended", failure);
    }
    Map<Long, List<String>> copy = new TreeMap<>();
    heard.forEach((id, events) -> copy.put(id, List.copyOf(events)));
    return copy;
  }

  @Override
  public synchronized void onNext(WatchResponse response) {
    List<String> of = heard.computeIfAbsent(response.getWatchId(), id -> new ArrayList<>());
    if (response.getCreated()) {
      created++;
      of.add("created at " + response.getHeader().getRevision());
    }
    if (response.getCanceled()) {
      // The reason of a compaction is told by newer releases of etcd only.
      String reason = response.getCompactRevision() > 0 ? "" : response.getCancelReason();
      of.add("canceled, compacted at " + response.getCompactRevision() + reason);
    }
    response.getEventsList().forEach(event -> of.add(event.toString()));
  }

  @Override
  public synchronized void onError(Throwable cause) {
    failure = cause;
  }

  @Override
  public void onCompleted() {}
}
