package dev.clearspan.rpc.server;

import dev.clearspan.rpc.limit.FixedLimits;
import org.jspecify.annotations.Nullable;

/**
 * What a call holds of the gate from its admission to its end. All calls without fixed limits share
 * two of them.
 */
public final class Place implements Admission {
  private final CallGate gate;
  private final boolean sheds;
  private final FixedLimits.@Nullable Taken taken;

  Place(CallGate gate, boolean sheds, FixedLimits.@Nullable Taken taken) {
    this.gate = gate;
    this.sheds = sheds;
    this.taken = taken;
  }

  /** Whether the call counts as load, and may be refused for it. */
  boolean sheds() {
    return sheds;
  }

  /** The call has ended and its handler has returned. To be called once for each admission. */
  public void leave() {
    if (taken != null) {
      taken.end();
    }
    gate.leave(sheds);
  }
}
