package dev.clearspan.console.change;

import dev.clearspan.console.registry.Reachability;
import dev.clearspan.console.registry.RegistrySnapshot;
import dev.clearspan.console.registry.Stored;
import dev.clearspan.protocol.ProcessStatus;
import java.util.List;

/** Whom a service's rules concern. */
public final class Concerned {
  private Concerned() {}

  /** Processes that call or serve it, without those that others cannot reach any more. */
  public static List<ProcessStatus> by(RegistrySnapshot snapshot, String service) {
    Reachability reachability = new Reachability(snapshot);
    return snapshot.statuses().values().stream()
        .map(Stored::value)
        .filter(status -> calls(status, service) || serves(status, service))
        .filter(status -> !reachability.isReported(status.getProcessId()))
        .toList();
  }

  static boolean calls(ProcessStatus status, String service) {
    return status.getCallsList().contains(service);
  }

  private static boolean serves(ProcessStatus status, String service) {
    return status.getService().equals(service) && !status.getInstanceId().isEmpty();
  }
}
