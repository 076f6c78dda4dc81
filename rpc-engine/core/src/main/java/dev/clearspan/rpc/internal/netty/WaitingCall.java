package dev.clearspan.rpc.internal.netty;

import dev.clearspan.rpc.Status;

/** A call that waits for room on one of its endpoint's connections. */
interface WaitingCall {
  /** There is room, which the call has entered already; it leaves again if it is over. */
  void sendOn(GroupMember member);

  /** There will be none. */
  void notSent(Status status);
}
