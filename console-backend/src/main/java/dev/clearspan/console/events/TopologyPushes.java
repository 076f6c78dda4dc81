package dev.clearspan.console.events;

import dev.clearspan.console.topology.Topology;
import dev.clearspan.console.topology.TopologyPatch;
import dev.clearspan.console.web.Json;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The topology as a row of patches: readers that have them all know the topology of the last one.
 * Thousands of instances that stand idle cost a push nothing that way. For one thread.
 */
final class TopologyPushes {
  private final Supplier<Topology> now;
  private @Nullable Topology last;
  private @Nullable Event lastWhole;
  private long patches;

  TopologyPushes(Supplier<Topology> now) {
    this.now = now;
  }

  /** What leads from the last push to now; nothing at the first. */
  Optional<Event> next() {
    Topology before = last;
    Topology after = now.get();
    last = after;
    lastWhole = null;
    return before == null ? Optional.empty() : Optional.of(patch(before, after));
  }

  /** A patch has a slot of its own, since each counts. */
  private Event patch(Topology before, Topology after) {
    String slot = "topology " + patches++;
    return new Event("topology-patch", slot, Json.write(TopologyPatch.between(before, after)));
  }

  /** All of the topology, as of the last push. */
  Event whole() {
    Event whole = lastWhole;
    if (whole == null) {
      Topology topology = last == null ? now.get() : last;
      last = topology;
      whole = Event.of(Topic.TOPOLOGY, Json.write(topology));
      lastWhole = whole;
    }
    return whole;
  }
}
