package dev.clearspan.rpc.ledger;

import dev.clearspan.rpc.ProcessIdentity;

/**
 * Makes ledgers; found by {@link java.util.ServiceLoader}. Core asks once per process identity and
 * closes the ledger when its last user closes.
 */
public interface CallLedgerProvider {
  CallLedger open(ProcessIdentity identity);
}
