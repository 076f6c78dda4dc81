package dev.clearspan.rpc.fault;

import dev.clearspan.rpc.Status;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A fault that an operator puts into a share of calls, at their client and before their first
 * attempt, until it expires.
 *
 * @param caller the calling service; empty: all
 * @param share of calls, above 0, at most 1
 * @param delayNanos held back for this long first; 0: not
 * @param abort failed with this code then; null: sent
 * @param since in force from then on
 * @param until before then
 */
public record Fault(
    String caller,
    double share,
    long delayNanos,
    Status.@Nullable Code abort,
    Instant since,
    Instant until,
    String reason,
    String author) {

  public boolean isInForce(Instant now) {
    return !now.isBefore(since) && now.isBefore(until);
  }

  /** What is to be failed with, once the delay is over. */
  public Status status() {
    return Status.of(Objects.requireNonNull(abort, "abort"), "fault injected " + origin());
  }

  /** Who injected it, why, and until when. */
  public String origin() {
    return "by %s%s until %s"
        .formatted(
            author.isEmpty() ? "an unnamed operator" : author,
            reason.isEmpty() ? "" : " (" + reason + ")",
            until);
  }
}
