package dev.clearspan.rpc.ledger;

import java.time.Instant;

/**
 * An operator's order to keep every call of one caller for a while.
 *
 * @param caller the calling service
 * @param until when it ends
 */
public record KeepOrder(String caller, Instant until) {}
