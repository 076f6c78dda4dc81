package dev.clearspan.console.events;

import java.io.OutputStream;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Who listens.
 *
 * @param topics of interest
 * @param lastEventId the last event it has seen on a stream before, if any
 * @param out where its events go
 * @param stillAllowed whether it may listen on; asked now and then
 */
public record Listener(
    Set<Topic> topics,
    @Nullable String lastEventId,
    OutputStream out,
    BooleanSupplier stillAllowed) {
  public Listener {
    topics = Set.copyOf(topics);
  }
}
