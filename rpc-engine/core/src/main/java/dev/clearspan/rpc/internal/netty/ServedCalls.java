package dev.clearspan.rpc.internal.netty;

import dev.clearspan.rpc.internal.frame.GoAway;
import dev.clearspan.rpc.internal.frame.ProtocolException;
import dev.clearspan.rpc.server.CallInProgress;
import io.netty.util.concurrent.EventExecutor;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** The calls in progress of one link by stream id, and their deadlines. Loop-confined. */
final class ServedCalls {
  private final StreamTable<CallInProgress<?>> calls = new StreamTable<>();
  private final DeadlineSweep deadlines;
  private int last;

  ServedCalls(EventExecutor loop) {
    deadlines = new DeadlineSweep(loop, calls::values);
  }

  /** Checks the id of a REQUEST. */
  void checkFree(int streamId) {
    if (streamId <= 0 || calls.containsKey(streamId)) {
      throw new ProtocolException(
          GoAway.Reason.PROTOCOL_ERROR,
          "stream id: " + streamId + " (expected: positive and not in use)");
    }
  }

  /** A REQUEST with this id has come. */
  void arrived(int streamId) {
    last = streamId;
  }

  /** The id of the last REQUEST; 0: none has come. */
  int last() {
    return last;
  }

  /** Whether the client has used this id lately; older ones may be in use again. */
  boolean wasOpened(int streamId) {
    return last != 0 && streamId > 0 && !CallTable.isAfter(streamId, last);
  }

  void add(int streamId, CallInProgress<?> call) {
    calls.put(streamId, call);
    deadlines.add(call.deadline());
  }

  /** The call's outcome has been written, or nobody waits for it: its id is free. */
  @Nullable CallInProgress<?> remove(int streamId) {
    return calls.remove(streamId);
  }

  int size() {
    return calls.size();
  }

  /** The connection is gone. */
  void cancelAll() {
    deadlines.stop();
    Collection<CallInProgress<?>> open = calls.values();
    calls.clear();
    open.forEach(CallInProgress::cancel);
  }
}
