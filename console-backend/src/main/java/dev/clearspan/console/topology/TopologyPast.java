package dev.clearspan.console.topology;

import java.util.List;

/**
 * What can be looked at again.
 *
 * @param everySeconds between two moments, while nothing is in the way
 * @param keptSeconds how long a moment is kept, while there is room
 * @param moments oldest first
 */
public record TopologyPast(int everySeconds, int keptSeconds, List<PastMoment> moments) {
  public TopologyPast {
    moments = List.copyOf(moments);
  }
}
