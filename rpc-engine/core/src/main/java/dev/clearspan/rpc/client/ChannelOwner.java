package dev.clearspan.rpc.client;

import dev.clearspan.rpc.ProcessIdentity;
import dev.clearspan.rpc.control.ControlPlane;
import dev.clearspan.rpc.ledger.CallLedger;
import dev.clearspan.rpc.ledger.Ledgers;
import org.jspecify.annotations.Nullable;

/**
 * Whose channel it is.
 *
 * @param identity who calls
 * @param ledger where that process records its calls
 */
record ChannelOwner(ProcessIdentity identity, CallLedger ledger) {
  /** Who a process is that nobody gave an identity. */
  private static final class Unnamed {
    private static final ProcessIdentity PROCESS = ProcessIdentity.fromEnvironment("client");
  }

  /** As given; else the control plane's identity or the environment's, and that one's ledger. */
  static ChannelOwner of(
      @Nullable ProcessIdentity given,
      @Nullable ControlPlane controlPlane,
      @Nullable CallLedger ledger,
      ChannelWiring wiring) {
    ProcessIdentity identity = given;
    if (identity == null) {
      identity = controlPlane == null ? Unnamed.PROCESS : controlPlane.status().identity();
    }
    if (ledger != null) {
      return new ChannelOwner(identity, ledger);
    }
    CallLedger shared = Ledgers.of(identity);
    wiring.add(shared);
    return new ChannelOwner(identity, shared);
  }
}
