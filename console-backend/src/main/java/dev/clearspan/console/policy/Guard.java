package dev.clearspan.console.policy;

import com.google.protobuf.util.Durations;
import dev.clearspan.console.registry.Times;
import dev.clearspan.protocol.ChangeGuard;
import dev.clearspan.protocol.ServicePolicy;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What watches over a change on trial.
 *
 * @param maxErrorShare of the service's calls, above 0, below 1; null: not watched
 * @param maxP99Millis of their durations; null: not watched
 * @param minimumCalls in the window, below which nothing is judged
 * @param since when the change was made
 * @param until when it stays for good
 * @param previousRevision of the document it would go back to; 0: there was none
 * @param author who made the change
 */
public record Guard(
    @Nullable Double maxErrorShare,
    @Nullable Double maxP99Millis,
    int minimumCalls,
    Instant since,
    Instant until,
    long previousRevision,
    String author) {
  static final int DEFAULT_MINIMUM_CALLS = 20;

  /** The guard of a document; empty too for one that no console put there: it has no time. */
  public static Optional<Guard> of(ServicePolicy policy) {
    ChangeGuard guard = policy.getGuard();
    return guard.hasSince() && guard.hasUntil() ? Optional.of(of(guard)) : Optional.empty();
  }

  private static Guard of(ChangeGuard guard) {
    return new Guard(
        guard.getMaxErrorShare() > 0 ? guard.getMaxErrorShare() : null,
        guard.hasMaxP99() ? (double) Durations.toMillis(guard.getMaxP99()) : null,
        guard.getMinimumCalls() > 0 ? guard.getMinimumCalls() : DEFAULT_MINIMUM_CALLS,
        Times.instant(guard.getSince()),
        Times.instant(guard.getUntil()),
        guard.getPreviousRevision(),
        guard.getAuthor());
  }
}
