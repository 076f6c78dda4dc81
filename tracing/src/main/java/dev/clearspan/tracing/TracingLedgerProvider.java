package dev.clearspan.tracing;

import dev.clearspan.rpc.ProcessIdentity;
import dev.clearspan.rpc.ledger.CallLedger;
import dev.clearspan.rpc.ledger.CallLedgerProvider;

/** Opens ledgers that export by OpenTelemetry, configured from the environment. */
public final class TracingLedgerProvider implements CallLedgerProvider {
  @Override
  public CallLedger open(ProcessIdentity identity) {
    return TracingLedger.open(identity, TelemetrySettings.fromEnvironment());
  }
}
