package dev.clearspan.rpc.internal.http2;

import dev.clearspan.rpc.Limits;
import dev.clearspan.rpc.RpcException;
import dev.clearspan.rpc.Status;
import dev.clearspan.rpc.server.Admission;
import dev.clearspan.rpc.server.Place;
import dev.clearspan.rpc.server.Refusal;
import dev.clearspan.rpc.server.RequestSource;
import dev.clearspan.rpc.server.ServedMethod;
import dev.clearspan.rpc.server.ServerCall;
import dev.clearspan.rpc.server.UndecodableRequest;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * A request of one message for a handler that turns it into one reply. The call is made when the
 * client has sent all: then it is admitted and joins the read burst's others.
 */
final class UnaryRequest<Q, R> extends GrpcRequest implements MessageAssembler.Sink {
  private final ServedMethod<Q, R> method;
  private final MessageAssembler assembler;
  private @Nullable RequestSource<Q> source;
  private @Nullable ServerCall<Q, R> call;
  private int bytes;
  private boolean over;

  UnaryRequest(Arrival arrival, ServedMethod<Q, R> method) {
    super(arrival);
    this.method = method;
    this.assembler = new MessageAssembler(arrival.link().scope().limits().messageBytes());
  }

  @Override
  int data(ByteBuf data, boolean last) {
    int length = data.readableBytes();
    try {
      if (!over) {
        assembler.add(data, this);
      }
      if (last && !over) {
        finished();
      }
    } catch (UndecodableRequest e) {
      turnAway(Status.of(Status.Code.INVALID_ARGUMENT, String.valueOf(e.getMessage())));
    } catch (RpcException e) {
      turnAway(e.status());
    }
    return length;
  }

  @Override
  public void message(ByteBuf payload, boolean compressed) {
    if (source != null) {
      throw new RpcException(
          Status.Code.INTERNAL, method.spec().fullName() + ": a second request (expected: one)");
    }
    if (compressed && !arrival.head().sendsGzip()) {
      throw new RpcException(
          Status.Code.INTERNAL, "compressed message without grpc-encoding (expected: gzip)");
    }
    bytes = payload.readableBytes();
    Limits limits = arrival.link().scope().limits();
    source = GrpcPayload.source(method.spec(), payload, compressed, limits);
  }

  @Override
  void closed() {
    if (call != null) {
      call.cancel();
    } else if (!over) {
      over = true;
      free();
      arrival.abandoned(bytes);
    }
  }

  @Override
  public void expire() {
    if (call != null) {
      call.expire();
    } else if (!over) {
      String text = "deadline passed before the request was complete";
      turnAway(Status.of(Status.Code.DEADLINE_EXCEEDED, text));
    }
  }

  private void finished() {
    RequestSource<Q> complete = source;
    if (complete == null || assembler.isMidMessage()) {
      String found = complete == null && !assembler.isMidMessage() ? "no" : "an incomplete";
      throw new RpcException(
          Status.Code.INTERNAL,
          method.spec().fullName() + ": " + found + " request (expected: one)");
    }
    Admission admission = arrival.link().admit(method, arrival.head());
    if (admission instanceof Refusal refusal) {
      over = true;
      free();
      arrival.refuse(refusal, bytes);
      return;
    }
    source = null;
    call =
        new ServerCall<>(
            arrival.link().scope(),
            (Place) admission,
            method,
            arrival.intake(bytes),
            complete,
            arrival.served(),
            new UnaryReply<>(arrival));
    arrival.link().run(call);
  }

  private void turnAway(Status status) {
    over = true;
    free();
    arrival.turnAway(status, bytes);
  }

  private void free() {
    assembler.release();
    if (source != null) {
      source.release();
      source = null;
    }
  }
}
