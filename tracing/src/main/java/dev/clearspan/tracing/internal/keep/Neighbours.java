package dev.clearspan.tracing.internal.keep;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The recorders of one process. A server and a channel that bear different instance ids have one
 * each, and a call that is served by the one may have been made in the other: what one of them
 * keeps, the others keep, too. Thread-safe.
 */
final class Neighbours {
  private static final Map<String, Set<FlightRecorder>> OF_PROCESS = new ConcurrentHashMap<>();

  private final String process;

  /** Those of the process with this id. */
  Neighbours(String process) {
    this.process = process;
  }

  void join(FlightRecorder recorder) {
    OF_PROCESS.compute(
        process,
        (id, known) -> {
          Set<FlightRecorder> all = known == null ? ConcurrentHashMap.newKeySet() : known;
          all.add(recorder);
          return all;
        });
  }

  void leave(FlightRecorder recorder) {
    OF_PROCESS.computeIfPresent(
        process,
        (id, all) -> {
          all.remove(recorder);
          return all.isEmpty() ? null : all;
        });
  }

  /** The recorder keeps this trace. */
  void tell(FlightRecorder keeper, TraceId trace) {
    Set<FlightRecorder> all = OF_PROCESS.getOrDefault(process, Set.of());
    if (all.size() < 2) {
      return;
    }
    for (FlightRecorder other : all) {
      if (other != keeper) {
        other.ask(new long[] {trace.high(), trace.low()});
      }
    }
  }
}
