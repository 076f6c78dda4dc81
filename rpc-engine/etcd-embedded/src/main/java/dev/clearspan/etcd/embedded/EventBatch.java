package dev.clearspan.etcd.embedded;

import dev.clearspan.etcd.embedded.api.Event;
import dev.clearspan.etcd.embedded.api.ResponseHeader;
import dev.clearspan.etcd.embedded.api.WatchResponse;
import java.util.ArrayList;
import java.util.List;

/** Events of one watcher that go out together; a revision is never cut between two batches. */
final class EventBatch {
  /** With this much in it, a batch takes no further revision; fragments are about this large. */
  static final int ENOUGH_BYTES = 1 << 20;

  private static final int ENOUGH_EVENTS = 1_000;

  private final Watcher watcher;
  private final List<Event> events = new ArrayList<>();
  private long bytes;
  private long revision;

  EventBatch(Watcher watcher) {
    this.watcher = watcher;
  }

  boolean isEmpty() {
    return events.isEmpty();
  }

  /** Whether the change belongs into the next batch. */
  boolean isFullFor(Change change) {
    return change.revision() != revision
        && (bytes >= ENOUGH_BYTES || events.size() >= ENOUGH_EVENTS);
  }

  void add(Change change) {
    Event event = change.event(watcher.wantsBefore());
    events.add(event);
    bytes += event.getSerializedSize();
    revision = change.revision();
  }

  long bytes() {
    return bytes;
  }

  /** The responses: one, unless the watcher takes fragments and they are many. */
  List<WatchResponse> responses(ResponseHeader header) {
    List<WatchResponse> responses = new ArrayList<>();
    WatchResponse.Builder response = response(header);
    long filled = 0;
    for (Event event : events) {
      if (watcher.takesFragments() && filled >= ENOUGH_BYTES) {
        responses.add(response.setFragment(true).build());
        response = response(header);
        filled = 0;
      }
      response.addEvents(event);
      filled += event.getSerializedSize();
    }
    responses.add(response.build());
    return responses;
  }

  private WatchResponse.Builder response(ResponseHeader header) {
    return WatchResponse.newBuilder().setHeader(header).setWatchId(watcher.id());
  }
}
