package dev.clearspan.console.recorder;

import dev.clearspan.console.trace.TraceId;
import dev.clearspan.rpc.ledger.TraceHash;
import java.util.stream.LongStream;

/** Trace ids that a threshold sheds or keeps. */
public final class Shed {
  private Shed() {}

  /** The first id, counted up, that is shed, or kept. */
  public static TraceId id(int threshold, boolean shed) {
    return LongStream.iterate(1, low -> low + 1)
        .mapToObj(low -> new TraceId(9, low))
        .filter(id -> TraceHash.of(id.low()) >= threshold == shed)
        .findFirst()
        .orElseThrow();
  }
}
