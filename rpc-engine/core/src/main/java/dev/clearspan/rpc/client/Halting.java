package dev.clearspan.rpc.client;

/** A call that can be stopped from outside. */
interface Halting {
  /** Stops the call for this reason, unless it is over or being stopped already. */
  void halt(Failure reason);
}
