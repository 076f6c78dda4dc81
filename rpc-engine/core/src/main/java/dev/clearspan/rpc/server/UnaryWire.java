package dev.clearspan.rpc.server;

import dev.clearspan.rpc.Metadata;
import dev.clearspan.rpc.RpcException;
import dev.clearspan.rpc.Status;
import dev.clearspan.rpc.ledger.CallLedger;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * A unary exchange as a stream: one request, already here, and one reply, kept until the end. For
 * methods of unary shape whose handler is a streaming one, on protocols that know unary calls.
 */
public final class UnaryWire<Q, R> implements StreamWire<R> {
  private final ReplySink<R> sink;
  private final RequestSource<Q> request;
  private final int requestBytes;
  private final AtomicBoolean asked = new AtomicBoolean();
  private @Nullable ServerStream<Q, R> call;
  private volatile @Nullable R reply;

  private UnaryWire(ReplySink<R> sink, RequestSource<Q> request, int requestBytes) {
    this.sink = sink;
    this.request = request;
    this.requestBytes = requestBytes;
  }

  /**
   * A call that the gate has admitted, to be started. Takes over the request, whose size the intake
   * tells.
   */
  public static <Q, R> ServerStream<Q, R> call(
      ServerScope scope,
      Place place,
      ServedMethod<Q, R> method,
      CallIntake intake,
      RequestSource<Q> request,
      CallLedger.ServedCall served,
      ReplySink<R> sink) {
    UnaryWire<Q, R> wire = new UnaryWire<>(sink, request, intake.requestBytes());
    ServerStream<Q, R> call =
        new ServerStream<>(scope, place, method, intake.withRequestBytes(0), served, wire);
    wire.call = call;
    return call;
  }

  /** They leave with the reply, which asks the call for them. */
  @Override
  public void headers(Metadata headers) {}

  @Override
  public void message(R message) {
    reply = message;
  }

  @Override
  public boolean isWritable() {
    return true;
  }

  /** Hands the request over, with the first that is asked for. */
  @Override
  public void request(int messages) {
    ServerStream<Q, R> to = call;
    if (to == null || !asked.compareAndSet(false, true)) {
      return;
    }
    try {
      to.message(request.read(), requestBytes);
      to.finished();
    } catch (UndecodableRequest e) {
      to.fail(Status.of(Status.Code.INVALID_ARGUMENT, String.valueOf(e.getMessage())));
    } finally {
      request.release();
    }
  }

  @Override
  public void end(CallInProgress<R> ended, Status status, Metadata trailers, Ending ending) {
    releaseRequest();
    R message = reply;
    if (status.isOk() && message != null) {
      reply(ended, message);
    } else {
      sink.failed(ended, status, trailers, ending == Ending.REFUSED);
    }
  }

  @Override
  public void abandoned(CallInProgress<R> ended) {
    releaseRequest();
    sink.abandoned(ended);
  }

  private void reply(CallInProgress<R> ended, R message) {
    try {
      sink.replied(ended, message);
    } catch (RuntimeException e) {
      String text =
          "reply of "
              + ended.method().spec().fullName()
              + " could not be encoded: "
              + e.getMessage();
      Status.Code code = e instanceof RpcException rpc ? rpc.code() : Status.Code.INTERNAL;
      sink.failed(ended, Status.of(code, text), Metadata.EMPTY, false);
    }
  }

  private void releaseRequest() {
    if (asked.compareAndSet(false, true)) {
      request.release();
    }
  }
}
