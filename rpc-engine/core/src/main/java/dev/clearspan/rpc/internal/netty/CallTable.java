package dev.clearspan.rpc.internal.netty;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The calls in flight on one link by stream id. Ids wrap around and skip those in use. */
final class CallTable {
  // One less than GOAWAY's "announced".
  static final int LAST_ID = Integer.MAX_VALUE - 1;

  private final StreamTable<Exchange<?>> calls = new StreamTable<>();
  private int previous;

  CallTable() {
    this(0);
  }

  CallTable(int previous) {
    this.previous = previous;
  }

  /** Adds the call under a free id. */
  int add(Exchange<?> call) {
    do {
      previous = previous == LAST_ID ? 1 : previous + 1;
    } while (calls.containsKey(previous));
    calls.put(previous, call);
    return previous;
  }

  @Nullable Exchange<?> find(int streamId) {
    return calls.get(streamId);
  }

  /** Whether the id has been given lately; older ones may be in use again. */
  boolean wasGiven(int streamId) {
    return previous != 0 && streamId > 0 && !isAfter(streamId, previous);
  }

  @Nullable Exchange<?> remove(int streamId) {
    return calls.remove(streamId);
  }

  /** Removes this very call; its id may belong to another by now. */
  boolean remove(Exchange<?> call) {
    return calls.get(call.streamId) == call && calls.remove(call.streamId) != null;
  }

  boolean isEmpty() {
    return calls.isEmpty();
  }

  /** Removes all calls that were given ids after this one. */
  void removeAfter(int lastStream, Consumer<Exchange<?>> action) {
    List<Exchange<?>> later = new ArrayList<>();
    calls
        .values()
        .forEach(
            call -> {
              if (isAfter(call.streamId, lastStream)) {
                later.add(call);
              }
            });
    later.forEach(call -> calls.remove(call.streamId));
    later.forEach(action);
  }

  /** Removes all calls. */
  void drain(Consumer<Exchange<?>> action) {
    List<Exchange<?>> all = calls.values();
    calls.clear();
    all.forEach(action);
  }

  /** Whether the id was given later, seen on a circle: half of it is later, half earlier. */
  static boolean isAfter(int id, int other) {
    int distance = Math.floorMod(id - other, LAST_ID);
    return distance != 0 && distance < LAST_ID / 2;
  }
}
