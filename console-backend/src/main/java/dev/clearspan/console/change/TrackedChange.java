package dev.clearspan.console.change;

import dev.clearspan.console.registry.Overrides;
import dev.clearspan.console.registry.RegistrySnapshot;
import dev.clearspan.console.registry.Times;
import dev.clearspan.protocol.ProcessStatus;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered of one change: whom it concerned when it was made, and when each of them had
 * it in force. Guarded by {@link AckLedger}'s lock.
 */
final class TrackedChange {
  private final Instant seenAt;
  private final Map<String, ProcessStatus> members = new HashMap<>();
  private final Map<String, Instant> inForceAt = new HashMap<>();

  private TrackedChange(Instant seenAt) {
    this.seenAt = seenAt;
  }

  static TrackedChange of(RegistrySnapshot snapshot, AckLedger.ChangeRef ref, Instant now) {
    TrackedChange change = new TrackedChange(now);
    for (ProcessStatus status : Concerned.by(snapshot, ref.service())) {
      change.members.put(status.getProcessId(), status);
      change.heard(status, ref, now);
    }
    return change;
  }

  /** When the console learned of the change. */
  Instant seenAt() {
    return seenAt;
  }

  /** Processes it concerned when it was made, with what they last said before. */
  Map<String, ProcessStatus> members() {
    return members;
  }

  @Nullable Instant inForceAt(String processId) {
    return inForceAt.get(processId);
  }

  void heard(ProcessStatus status, AckLedger.ChangeRef ref, Instant now) {
    if (Overrides.appliedRevision(status, ref.service()) >= ref.revision()) {
      inForceAt.computeIfAbsent(status.getProcessId(), id -> moment(status, ref.service(), now));
    }
  }

  /** When the process says so, unless it does not. */
  private static Instant moment(ProcessStatus status, String service, Instant now) {
    boolean byService =
        status.getAppliedByServiceOrDefault(service, 0) >= status.getApplied()
            && status.containsAppliedAt(service);
    return byService ? Times.instant(status.getAppliedAtOrThrow(service)) : now;
  }
}
