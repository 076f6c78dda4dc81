package dev.clearspan.console.change;

import dev.clearspan.console.registry.Overrides;
import dev.clearspan.console.registry.RegistrySnapshot;
import dev.clearspan.console.registry.Stored;
import dev.clearspan.console.registry.Times;
import dev.clearspan.protocol.ProcessStatus;
import dev.clearspan.protocol.RefusedDocument;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What each process concerned says of one change. */
final class AckRows {
  /** A process that lives answers well within this time. */
  static final Duration PATIENCE = Duration.ofSeconds(3);

  /** After this a process that ended without an answer concerns nobody any more. */
  static final Duration MOURNED = Duration.ofSeconds(60);

  private final RegistrySnapshot snapshot;
  private final String service;
  private final long revision;
  private final Instant now;

  AckRows(RegistrySnapshot snapshot, String service, long revision, Instant now) {
    this.snapshot = snapshot;
    this.service = service;
    this.revision = revision;
    this.now = now;
  }

  List<AckProcess> of(@Nullable TrackedChange change, @Nullable Instant committedAt) {
    Map<String, ProcessStatus> processes = new LinkedHashMap<>();
    if (change != null) {
      processes.putAll(change.members());
    }
    Concerned.by(snapshot, service).forEach(it -> processes.put(it.getProcessId(), it));
    return processes.values().stream()
        .filter(status -> counts(status, change, committedAt))
        .map(status -> row(status, change, committedAt))
        .toList();
  }

  private boolean counts(
      ProcessStatus member, @Nullable TrackedChange change, @Nullable Instant committedAt) {
    return lives(member)
        || hadApplied(member, change)
        || waited(change, committedAt).compareTo(MOURNED) < 0;
  }

  private boolean lives(ProcessStatus member) {
    return snapshot.statuses().containsKey(member.getProcessId());
  }

  private static boolean hadApplied(ProcessStatus member, @Nullable TrackedChange change) {
    return change != null && change.inForceAt(member.getProcessId()) != null;
  }

  private Duration waited(@Nullable TrackedChange change, @Nullable Instant committedAt) {
    Instant since = committedAt != null ? committedAt : change == null ? now : change.seenAt();
    return Duration.between(since, now);
  }

  private AckProcess row(
      ProcessStatus member, @Nullable TrackedChange change, @Nullable Instant committedAt) {
    Stored<ProcessStatus> stored = snapshot.statuses().get(member.getProcessId());
    ProcessStatus status = stored == null ? member : stored.value();
    Optional<RefusedDocument> refused = refused(status);
    if (refused.isPresent()) {
      return row(status, AckProcess.State.REFUSED, null, refused.get().getReason());
    }
    if (Overrides.appliedRevision(status, service) >= revision || hadApplied(status, change)) {
      return row(status, AckProcess.State.APPLIED, millis(status, change, committedAt), "");
    }
    if (stored == null) {
      return row(status, AckProcess.State.SILENT, null, "its lease has ended");
    }
    Duration waited = waited(change, committedAt);
    return waited.compareTo(PATIENCE) < 0
        ? row(status, AckProcess.State.PENDING, null, "")
        : row(
            status,
            AckProcess.State.SILENT,
            null,
            "not acknowledged for " + waited.toSeconds() + " s");
  }

  private Optional<RefusedDocument> refused(ProcessStatus status) {
    return status.getRefusedList().stream()
        .filter(document -> document.getKey().startsWith("svc/" + service + "/ctl/"))
        .filter(document -> document.getRevision() == revision)
        .findFirst();
  }

  private @Nullable Long millis(
      ProcessStatus status, @Nullable TrackedChange change, @Nullable Instant committedAt) {
    if (committedAt == null) {
      return null;
    }
    Instant inForce = change == null ? null : change.inForceAt(status.getProcessId());
    if (inForce == null && status.getAppliedByServiceOrDefault(service, 0) == revision) {
      inForce = Times.instant(status.getAppliedAtOrDefault(service, Times.timestamp(now)));
    }
    return inForce == null ? null : Math.max(0L, Duration.between(committedAt, inForce).toMillis());
  }

  private AckProcess row(
      ProcessStatus status, AckProcess.State state, @Nullable Long millis, String detail) {
    return new AckProcess(
        status.getProcessId(),
        status.getService(),
        status.getInstanceId().isEmpty() ? null : status.getInstanceId(),
        Concerned.calls(status, service) ? "caller" : "server",
        state,
        Overrides.appliedRevision(status, service),
        millis,
        detail,
        ignored(status));
  }

  private List<String> ignored(ProcessStatus status) {
    String prefix = service + ": ";
    return status.getIgnoredFieldsList().stream()
        .filter(field -> field.startsWith(prefix))
        .map(field -> field.substring(prefix.length()))
        .toList();
  }
}
