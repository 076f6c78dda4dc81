package dev.clearspan.rpc.ledger;

/** Why an attempt was made. */
public enum AttemptKind {
  FIRST,
  RETRY,
  /** Repeats an attempt that no handler saw; costs no budget. */
  TRANSPARENT,
  HEDGE
}
