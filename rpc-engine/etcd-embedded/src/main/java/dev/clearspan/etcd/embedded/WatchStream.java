package dev.clearspan.etcd.embedded;

import dev.clearspan.etcd.embedded.api.WatchCreateRequest;
import dev.clearspan.etcd.embedded.api.WatchRequest;
import dev.clearspan.etcd.embedded.api.WatchResponse;
import dev.clearspan.rpc.Metadata;
import dev.clearspan.rpc.ReplyStream;
import dev.clearspan.rpc.RpcException;
import dev.clearspan.rpc.Status;
import dev.clearspan.rpc.StreamReceiver;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * One stream of watches. Its state is the registry's thread's; what the client says is handed over
 * to it, one request after the other.
 */
final class WatchStream implements StreamReceiver<WatchRequest> {
  /** Changes looked at in one turn, so that others have theirs. */
  private static final int TURN = 10_000;

  /** Whom progress that was asked for is about: all watches of the stream. */
  private static final long ALL = -1;

  /** The id of a watch that could not be made. */
  private static final long NONE = -1;

  private final RegistryState state;
  private final GroupCommit commits;
  private final Replies<WatchResponse> replies;
  private final Map<Long, Watcher> watchers = new LinkedHashMap<>();
  private final AtomicBoolean catchingUp = new AtomicBoolean();
  private long nextId;

  WatchStream(RegistryState state, GroupCommit commits, ReplyStream<WatchResponse> replies) {
    this.state = state;
    this.commits = commits;
    this.replies = new Replies<>(replies);
    commits.afterwards(() -> state.hub().add(this));
    replies.request(1);
  }

  // ---- what the client says

  @Override
  public void message(WatchRequest request) {
    commits.submit(() -> handle(request), answer());
  }

  @Override
  public void ready() {
    scheduleCatchUp();
  }

  @Override
  public void finished() {
    commits.afterwards(() -> leave(Status.OK));
  }

  @Override
  public void ended(@Nullable RpcException failure, Metadata trailers) {
    commits.afterwards(() -> leave(Status.OK));
  }

  private GroupCommit.Answer<Runnable> answer() {
    return new GroupCommit.Answer<>() {
      @Override
      public void done(Runnable telling) {
        telling.run();
        replies.next();
      }

      @Override
      public void failed(Status status) {
        replies.end(status);
      }
    };
  }

  private Runnable handle(WatchRequest request) {
    return switch (request.getRequestUnionCase()) {
      case CREATE_REQUEST -> create(request.getCreateRequest());
      case CANCEL_REQUEST -> cancel(request.getCancelRequest().getWatchId());
      case PROGRESS_REQUEST -> () -> state.hub().askForProgress(this);
      case REQUESTUNION_NOT_SET -> () -> {};
    };
  }

  private Runnable create(WatchCreateRequest request) {
    KeyRange range = KeyRange.watched(request.getKey(), request.getRangeEnd());
    long current = state.keyspace().revision();
    String refused = refused(request.getWatchId(), range);
    if (refused != null) {
      return tell(response(NONE).setCreated(true).setCanceled(true).setCancelReason(refused));
    }
    long from = request.getStartRevision() == 0 ? current + 1 : request.getStartRevision();
    long id = request.getWatchId() == 0 ? freeId() : request.getWatchId();
    Watcher watcher = new Watcher(this, id, range, request, from, current);
    watchers.put(id, watcher);
    state.hub().add(watcher);
    Runnable created = tell(response(id).setCreated(true));
    return () -> {
      created.run();
      if (watcher.isBehind()) {
        scheduleCatchUp();
      }
    };
  }

  private @Nullable String refused(long wantedId, KeyRange range) {
    if (range.isEmpty()) {
      return "mvcc: watcher range is empty";
    }
    if (wantedId != 0 && watchers.containsKey(wantedId)) {
      return "mvcc: duplicate watch ID provided on the WatchStream";
    }
    return state.hub().isFull()
        ? "etcdserver: too many watches: %d (expected: fewer)".formatted(WatchHub.MOST_WATCHERS)
        : null;
  }

  private long freeId() {
    while (watchers.containsKey(nextId)) {
      nextId++;
    }
    return nextId++;
  }

  private Runnable cancel(long id) {
    Watcher watcher = watchers.get(id);
    if (watcher == null) {
      return () -> {};
    }
    forget(watcher);
    return tell(response(id).setCanceled(true));
  }

  private void forget(Watcher watcher) {
    watchers.remove(watcher.id());
    state.hub().remove(watcher);
  }

  private WatchResponse.Builder response(long id) {
    return WatchResponse.newBuilder()
        .setHeader(state.header(state.keyspace().revision()))
        .setWatchId(id);
  }

  private Runnable tell(WatchResponse.Builder response) {
    WatchResponse built = response.build();
    return () -> replies.send(built);
  }

  // ---- what the client hears

  /** Changes that have just been committed. */
  void tell(Watcher watcher, List<Change> changes) {
    EventBatch batch = new EventBatch(watcher);
    for (Change change : changes) {
      if (batch.isFullFor(change)) {
        send(watcher, batch, change.revision() - 1);
        batch = new EventBatch(watcher);
      }
      if (batch.isEmpty() && !replies.isReady()) {
        watcher.fallBehind(change.revision());
        scheduleCatchUp();
        return;
      }
      batch.add(change);
    }
    watcher.advance(changes.get(changes.size() - 1).revision() + 1);
    send(watcher, batch, watcher.next() - 1);
  }

  private void send(Watcher watcher, EventBatch batch, long revision) {
    if (batch.bytes() > RegistryState.MOST_REPLY_BYTES && !watcher.takesFragments()) {
      forget(watcher);
      replies.send(
          response(watcher.id())
              .setCanceled(true)
              .setCancelReason(
                  "etcdserver: events of one revision: %d bytes (expected: <= %d, or a watch that"
                          .formatted(batch.bytes(), RegistryState.MOST_REPLY_BYTES)
                      + " takes fragments)")
              .build());
      return;
    }
    watcher.heard();
    batch.responses(state.header(revision)).forEach(replies::send);
  }

  /** Says how far this stream has been told, unless it is behind; tells whether it did. */
  boolean tellProgress() {
    if (isBehind()) {
      return false;
    }
    replies.send(response(ALL).build());
    return true;
  }

  /** Tells watches that nothing has happened, if they want to know. */
  void tellQuiet() {
    for (Watcher each : watchers.values()) {
      if (each.takeQuiet() && replies.isReady()) {
        replies.send(response(each.id()).build());
      }
    }
  }

  /** The server stops. */
  void stop() {
    leave(Status.of(Status.Code.UNAVAILABLE, "etcdserver: server stopped"));
  }

  private void leave(Status status) {
    replies.end(status);
    watchers.values().forEach(state.hub()::remove);
    watchers.clear();
    state.hub().remove(this);
  }

  // ---- catching up

  /** After the next commit, so that nothing is told that could still be lost. */
  private void scheduleCatchUp() {
    if (catchingUp.compareAndSet(false, true)) {
      commits.afterwards(
          () -> {
            catchingUp.set(false);
            catchUp();
          });
    }
  }

  private boolean isBehind() {
    return watchers.values().stream().anyMatch(Watcher::isBehind);
  }

  private void catchUp() {
    int left = TURN;
    for (Watcher each : List.copyOf(watchers.values())) {
      while (each.isBehind() && left > 0 && replies.isReady()) {
        left -= catchUp(each, left);
      }
    }
    if (replies.isReady() && isBehind()) {
      scheduleCatchUp();
    }
  }

  /** Sends the next batch of what the watcher has missed; tells how many changes that took. */
  private int catchUp(Watcher watcher, int most) {
    History history = state.keyspace().history();
    if (watcher.next() < history.first()) {
      compacted(watcher);
      return 1;
    }
    EventBatch batch = new EventBatch(watcher);
    int begin = history.indexOf(watcher.next());
    int at = begin;
    while (at < history.size() && !isEnough(batch, history, at, at - begin >= most)) {
      Change change = history.get(at++);
      if (watcher.range().contains(change.key()) && watcher.wants(change)) {
        batch.add(change);
      }
    }
    if (at == history.size()) {
      watcher.caughtUp(state.keyspace().revision() + 1);
    } else {
      watcher.advance(history.get(at).revision());
    }
    if (!batch.isEmpty()) {
      send(watcher, batch, watcher.next() - 1);
    }
    return Math.max(1, at - begin);
  }

  private static boolean isEnough(EventBatch batch, History history, int at, boolean turnIsOver) {
    Change next = history.get(at);
    boolean isNewRevision = at == 0 || history.get(at - 1).revision() != next.revision();
    return isNewRevision && (turnIsOver || batch.isFullFor(next));
  }

  private void compacted(Watcher watcher) {
    forget(watcher);
    watcher.caughtUp(state.keyspace().revision() + 1);
    long known = Math.max(state.keyspace().compacted(), state.keyspace().history().first());
    replies.send(
        response(watcher.id())
            .setCanceled(true)
            .setCompactRevision(known)
            .setCancelReason("etcdserver: mvcc: required revision has been compacted")
            .build());
  }
}
