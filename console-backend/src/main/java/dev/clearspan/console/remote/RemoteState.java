package dev.clearspan.console.remote;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Whether a server answers.
 *
 * @param up it does, or was not asked yet
 * @param detail why it does not, and how to mend it; empty if it does
 * @param checkedAt when it was last asked; null: not yet
 */
public record RemoteState(boolean up, String detail, @Nullable Instant checkedAt) {
  /** Not asked yet. */
  public static final RemoteState UNKNOWN = new RemoteState(true, "", null);
}
