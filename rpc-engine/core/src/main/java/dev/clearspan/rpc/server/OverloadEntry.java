package dev.clearspan.rpc.server;

import dev.clearspan.protocol.OverloadStatus;
import dev.clearspan.protocol.ProcessStatus;
import dev.clearspan.rpc.ProcessIdentity;
import dev.clearspan.rpc.limit.OverloadControl;

/** A server's entry in the process' status while it refuses calls because of overload. */
final class OverloadEntry {
  private static final int MAX_ENTRIES = 64;

  private OverloadEntry() {}

  static void add(ProcessStatus.Builder status, ProcessIdentity identity, CallGate gate) {
    OverloadControl.View view = gate.overload();
    boolean refuses = view.lowered() || view.queueStands();
    if (refuses && status.getOverloadsCount() < MAX_ENTRIES) {
      status.addOverloads(
          OverloadStatus.newBuilder()
              .setService(identity.service())
              .setInstance(identity.instanceId())
              .setLimit(gate.adaptiveLimit())
              .setInHandlers(gate.inHandlers())
              .setQueueStands(view.queueStands())
              .setCause(
                  view.queueStands()
                      ? "all calls wait over %d ms for a thread"
                          .formatted(view.targetNanos() / 1_000_000)
                      : "the queue for threads stood, or most calls ran out of time"));
    }
  }
}
