package dev.clearspan.rpc.server;

import dev.clearspan.rpc.Metadata;
import dev.clearspan.rpc.Status;
import dev.clearspan.rpc.limit.LimitMark;
import dev.clearspan.rpc.limit.RefusalReason;

/**
 * Why a call is not run. Where another instance may have room the code is UNAVAILABLE, where the
 * caller has used up what it is allowed RESOURCE_EXHAUSTED.
 *
 * @param metadata for the caller: which limit it was, and when to come again if that is known
 */
public record Refusal(RefusalReason reason, Status status, Metadata metadata) implements Admission {

  /** A server that takes nothing more, or a connection. */
  static Refusal of(RefusalReason reason, String text) {
    return new Refusal(reason, Status.of(Status.Code.UNAVAILABLE, text), Metadata.EMPTY);
  }

  /** A server that has no room now. */
  static Refusal full(RefusalReason reason, String text) {
    return new Refusal(reason, Status.of(Status.Code.UNAVAILABLE, text), LimitMark.of(reason));
  }
}
