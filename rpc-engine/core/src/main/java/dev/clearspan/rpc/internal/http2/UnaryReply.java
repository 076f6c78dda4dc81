package dev.clearspan.rpc.internal.http2;

import dev.clearspan.rpc.Metadata;
import dev.clearspan.rpc.Status;
import dev.clearspan.rpc.server.CallInProgress;
import dev.clearspan.rpc.server.ReplySink;
import dev.clearspan.rpc.server.ServerCall.Timing;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http2.Http2Headers;
import org.jspecify.annotations.Nullable;

/**
 * The reply of one unary call: encoded on the thread that ends the call, written by the loop. Owns
 * the message in between.
 */
final class UnaryReply<R> implements ReplySink<R>, Runnable {
  private final Arrival arrival;
  // Handed over through the outbox.
  private @Nullable Http2Headers headers;
  private @Nullable ByteBuf message;
  private @Nullable Http2Headers trailers;

  UnaryReply(Arrival arrival) {
    this.arrival = arrival;
  }

  @Override
  public void replied(CallInProgress<R> call, R reply) {
    int most = arrival.link().scope().limits().messageBytes();
    boolean gzip = call.compressesReplies() && arrival.head().takesGzip();
    ByteBuf frame = MessageFrame.encode(call.method().spec().responseCodec(), reply, gzip, most);
    Timing timing = call.record(Status.OK, frame.readableBytes() - MessageFrame.PREFIX_BYTES);
    headers = ReplyHeaders.headers(call.headers(), gzip);
    message = frame;
    trailers = ReplyHeaders.trailers(Status.OK, call.trailers(), arrival.told(timing));
    arrival.link().outbox().put(this);
  }

  @Override
  public void failed(CallInProgress<R> call, Status status, Metadata metadata, boolean refused) {
    Timing told = arrival.told(call.record(status, 0));
    Metadata all = ReplyHeaders.joined(call.trailers(), metadata);
    if (call.headers().isEmpty()) {
      trailers = ReplyHeaders.trailersOnly(status, all, told);
    } else {
      headers = ReplyHeaders.headers(call.headers(), false);
      trailers = ReplyHeaders.trailers(status, all, told);
    }
    arrival.nameTrace(trailers);
    if (refused) {
      trailers.add(GrpcNames.REFUSED, GrpcNames.ONE);
    }
    arrival.link().outbox().put(this);
  }

  @Override
  public void abandoned(CallInProgress<R> call) {
    // Nobody is answered, so the keep bit goes nowhere.
    Timing unused = call.record(Status.of(Status.Code.CANCELLED, "caller is gone"), 0);
  }

  /** Writes the reply; on the loop. */
  @Override
  public void run() {
    ByteBuf body = message;
    message = null;
    if (trailers != null) {
      arrival.link().writer().writeReply(arrival.streamId(), headers, body, trailers);
    }
  }
}
