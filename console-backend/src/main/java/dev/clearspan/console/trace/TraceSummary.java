package dev.clearspan.console.trace;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One trace as a row.
 *
 * @param rootService service of the root span, or of the earliest one while the root is missing
 * @param durationMillis from the earliest start to the latest end
 * @param errors spans whose status is ERROR
 * @param services in order of their first span
 * @param status the root's gRPC code by name, or its span status if it has none
 * @param partial a part of it is missing, and is not on its way
 * @param firstError the earliest failed span without a failed child: where it began; null when
 *     nothing failed
 */
public record TraceSummary(
    String traceId,
    String rootService,
    String rootMethod,
    Instant startedAt,
    double durationMillis,
    int spans,
    int errors,
    List<String> services,
    String status,
    boolean partial,
    @Nullable FirstError firstError) {
  public TraceSummary {
    services = List.copyOf(services);
  }

  /** The span in which a trace's trouble began. */
  public record FirstError(String service, String method, String status, String message) {}
}
