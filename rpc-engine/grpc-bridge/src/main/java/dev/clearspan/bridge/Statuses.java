package dev.clearspan.bridge;

import dev.clearspan.rpc.RpcException;
import dev.clearspan.rpc.Status;

/** Statuses of the one as statuses of the other: the codes are the same. */
final class Statuses {
  private Statuses() {}

  static Status ours(io.grpc.Status theirs) {
    String text = theirs.getDescription();
    return Status.of(Status.Code.of(theirs.getCode().value()), text == null ? "" : text);
  }

  /** Existing code reads the description; method, peer and trace id are in the cause. */
  static io.grpc.Status theirs(RpcException failure) {
    io.grpc.Status status = io.grpc.Status.fromCodeValue(failure.code().ordinal());
    String text = failure.status().message();
    return (text.isEmpty() ? status : status.withDescription(text)).withCause(failure);
  }
}
