package dev.clearspan.rpc.internal.http2;

import dev.clearspan.rpc.Deadline;
import dev.clearspan.rpc.Metadata;
import dev.clearspan.rpc.Status;
import dev.clearspan.rpc.ledger.CallLedger;
import dev.clearspan.rpc.server.CallIntake;
import dev.clearspan.rpc.server.Refusal;
import dev.clearspan.rpc.server.ServerCall.Timing;
import dev.clearspan.rpc.server.TurnedAway;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.util.AsciiString;
import org.jspecify.annotations.Nullable;

/**
 * A request as its HEADERS told it.
 *
 * @param link the connection it came on
 * @param startNanos when they were decoded
 * @param served its record in the ledger
 */
record Arrival(
    GrpcLink link,
    int streamId,
    RequestHead head,
    Metadata metadata,
    Deadline deadline,
    long startNanos,
    CallLedger.ServedCall served) {

  /** What the handler's call is told. */
  CallIntake intake(int requestBytes) {
    return new CallIntake(
        metadata,
        deadline,
        head.criticality(),
        head.caller(),
        link.callerIdentity(),
        startNanos,
        requestBytes,
        PreviousAttempts.in(metadata) + 1);
  }

  /** Answers without a handler. */
  void turnAway(Status status, int requestBytes) {
    write(trailers(status, Metadata.EMPTY, requestBytes));
  }

  /** Answers that the call may be sent elsewhere. */
  void refuse(Refusal refusal, int requestBytes) {
    Http2Headers reply = trailers(refusal.status(), refusal.metadata(), requestBytes);
    reply.add(GrpcNames.REFUSED, GrpcNames.ONE);
    write(reply);
  }

  private Http2Headers trailers(Status status, Metadata more, int requestBytes) {
    Timing timing = TurnedAway.record(link.scope(), served, startNanos, requestBytes, status);
    Http2Headers reply = ReplyHeaders.trailersOnly(status, more, told(timing));
    nameTrace(reply);
    if (head.unknownEncoding() != null) {
      reply.add(GrpcNames.ACCEPT_ENCODING, GrpcNames.ACCEPTED_ENCODINGS);
    }
    return reply;
  }

  private void write(Http2Headers reply) {
    link.outbox().put(() -> link.writer().writeLast(streamId, reply));
  }

  /** The client went before there was a call to answer. */
  void abandoned(int requestBytes) {
    Status status = Status.of(Status.Code.CANCELLED, "caller is gone");
    Timing unused = TurnedAway.record(link.scope(), served, startNanos, requestBytes, status);
  }

  /** A failure's trailers tell the trace's id, except to Clearspan clients, which know it. */
  void nameTrace(Http2Headers trailers) {
    if (!head.isClearspan()) {
      trailers.add(GrpcNames.TRACE_ID, AsciiString.of(served.traceId()));
    }
  }

  /** What the trailers tell of the call's course: to other than Clearspan clients, nothing. */
  @Nullable Timing told(Timing timing) {
    return head.isClearspan() ? timing : null;
  }
}
