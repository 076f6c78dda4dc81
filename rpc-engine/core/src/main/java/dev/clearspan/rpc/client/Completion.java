package dev.clearspan.rpc.client;

/** Who hears the result of a unary call, and where. */
enum Completion {
  /** A caller that waits: on the thread that brings the result. */
  WAITING_CALLER(true, false),
  /** Users' continuations: on the channel's executor. */
  CONTINUATIONS(true, true),
  /** The interceptors, whose call tells the ledger itself: on the channel's executor. */
  INTERCEPTORS(false, true);

  final boolean tellsLedger;
  final boolean hops;

  Completion(boolean tellsLedger, boolean hops) {
    this.tellsLedger = tellsLedger;
    this.hops = hops;
  }
}
