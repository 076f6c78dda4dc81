package dev.clearspan.console.change;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Who has a change in force.
 *
 * @param committedAt null when no audit row tells
 * @param total processes concerned: callers and servers of the service
 * @param slowestMillis from the commit until in force, of those that applied it
 * @param processes those that did not apply it first
 */
public record Acks(
    String service,
    long revision,
    @Nullable Instant committedAt,
    int total,
    int applied,
    @Nullable Long slowestMillis,
    boolean complete,
    List<AckProcess> processes) {

  private static final Comparator<AckProcess> ORDER =
      Comparator.comparing(AckProcess::state)
          .thenComparing(AckProcess::service)
          .thenComparing(AckProcess::processId);

  static Acks of(
      String service, long revision, @Nullable Instant committedAt, List<AckProcess> processes) {
    List<AckProcess> applied =
        processes.stream().filter(it -> it.state() == AckProcess.State.APPLIED).toList();
    Long slowest =
        applied.stream()
            .map(AckProcess::millis)
            .filter(Objects::nonNull)
            .max(Comparator.naturalOrder())
            .orElse(null);
    return new Acks(
        service,
        revision,
        committedAt,
        processes.size(),
        applied.size(),
        slowest,
        applied.size() == processes.size(),
        processes.stream().sorted(ORDER).toList());
  }
}
