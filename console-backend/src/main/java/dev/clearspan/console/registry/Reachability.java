package dev.clearspan.console.registry;

import dev.clearspan.protocol.Instance;
import dev.clearspan.protocol.ProcessStatus;
import dev.clearspan.protocol.UnreachableInstance;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which instances callers cannot reach. A process that is itself reported unreachable has no voice:
 * its status document stays until its lease ends, but it says nothing new.
 */
public final class Reachability {
  private final RegistrySnapshot registry;
  private final Set<String> unreachableProcesses = new HashSet<>();

  public Reachability(RegistrySnapshot registry) {
    this.registry = registry;
    for (Stored<ProcessStatus> status : registry.statuses().values()) {
      for (UnreachableInstance report : status.value().getUnreachableList()) {
        unreachableProcesses.add(report.getIncarnation());
      }
    }
  }

  /** Whether some process reports that it cannot reach this one. */
  public boolean isReported(String processId) {
    return unreachableProcesses.contains(processId);
  }

  /** Processes that hold a channel to the service and are not themselves unreachable. */
  public List<ProcessStatus> callersOf(String service) {
    return registry.callersOf(service).stream()
        .filter(status -> !isReported(status.getProcessId()))
        .toList();
  }

  /** What the service's callers report of an instance; empty when all can reach it. */
  public Optional<Unreachable> of(Instance instance, List<ProcessStatus> callers) {
    List<UnreachableInstance> reports = new ArrayList<>();
    for (ProcessStatus caller : callers) {
      report(caller, instance).ifPresent(reports::add);
    }
    if (reports.isEmpty()) {
      return Optional.empty();
    }
    UnreachableInstance first = reports.get(0);
    Instant since = Times.instant(first.getSince());
    for (UnreachableInstance report : reports) {
      if (Times.instant(report.getSince()).isBefore(since)) {
        first = report;
        since = Times.instant(report.getSince());
      }
    }
    return Optional.of(new Unreachable(reports.size(), callers.size(), since, first.getCause()));
  }

  /** What one caller reports of an instance; a report about an earlier start does not count. */
  public static Optional<UnreachableInstance> report(ProcessStatus caller, Instance instance) {
    for (UnreachableInstance report : caller.getUnreachableList()) {
      if (report.getService().equals(instance.getService())
          && report.getInstance().equals(instance.getInstanceId())
          && (report.getIncarnation().isEmpty()
              || report.getIncarnation().equals(instance.getIncarnation()))) {
        return Optional.of(report);
      }
    }
    return Optional.empty();
  }
}
