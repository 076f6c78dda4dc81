package dev.clearspan.simulate.world;

import dev.clearspan.rpc.Criticality;
import dev.clearspan.rpc.Limit;
import dev.clearspan.rpc.Status;
import dev.clearspan.rpc.server.CallGate;
import org.jspecify.annotations.Nullable;

/**
 * Which calls a server takes: production's gate, told in the order in which production tells it.
 */
final class Admission {
  private static final int MOST = (int) Limit.IN_FLIGHT.standard();

  private final CallGate gate = new CallGate(MOST);

  /** Why a call that has come is turned away; null: it is taken, and must leave. */
  @Nullable Status refusal(Criticality criticality) {
    String full = gate.refusal(criticality);
    return full == null ? null : Status.of(Status.Code.RESOURCE_EXHAUSTED, full);
  }

  /** Why a call that has got its worker is not run; null: it is. It must leave in any case. */
  @Nullable Status begun(Visit visit, long now) {
    return null;
  }

  /** A call that was taken is over; {@code handlerNanos} is -1 if no handler ran. */
  void left(Visit visit, long handlerNanos, long now) {
    gate.leave();
  }
}
