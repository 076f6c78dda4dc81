package dev.clearspan.rpc.internal.inprocess;

import dev.clearspan.rpc.Metadata;
import dev.clearspan.rpc.Status;
import dev.clearspan.rpc.server.CallInProgress;
import dev.clearspan.rpc.server.ReplySink;
import dev.clearspan.rpc.server.ServerCall;

/** The server's end of a unary attempt: what it answers, encoded, goes to the client. */
record UnarySink<B>(UnaryAttempt<?> attempt, int mostBytes) implements ReplySink<B> {
  @Override
  public void replied(CallInProgress<B> call, B message) {
    byte[] payload = Payload.of(call.method().spec().responseCodec(), message, mostBytes);
    ServerCall.Timing timing = call.record(Status.OK, payload.length);
    attempt.replied(payload, call.headers(), call.trailers(), timing);
  }

  @Override
  public void failed(CallInProgress<B> call, Status status, Metadata metadata, boolean refused) {
    ServerCall.Timing timing = call.record(status, 0);
    if (refused) {
      attempt.refused(status, metadata);
    } else {
      attempt.failed(status, call.headers(), metadata, timing);
    }
  }

  @Override
  public void abandoned(CallInProgress<B> call) {
    ServerCall.Timing unused = call.record(Status.of(Status.Code.CANCELLED, "caller is gone"), 0);
  }
}
