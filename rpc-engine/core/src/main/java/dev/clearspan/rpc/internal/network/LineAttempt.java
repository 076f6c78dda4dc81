package dev.clearspan.rpc.internal.network;

import dev.clearspan.rpc.Codec;
import dev.clearspan.rpc.Criticality;
import dev.clearspan.rpc.Metadata;
import dev.clearspan.rpc.Status;
import dev.clearspan.rpc.internal.transport.AttemptRequest;
import dev.clearspan.rpc.internal.transport.AttemptResult;
import dev.clearspan.rpc.internal.transport.EndpointConnection.AttemptListener;
import dev.clearspan.rpc.internal.transport.EndpointConnection.SentAttempt;
import dev.clearspan.rpc.network.Exchange;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;

/** A unary attempt on a line. Whoever ends it first decides how it ended. */
final class LineAttempt<Q, R> implements Exchange, SentAttempt {
  @SuppressWarnings("rawtypes")
  private static final AtomicIntegerFieldUpdater<LineAttempt> OVER =
      AtomicIntegerFieldUpdater.newUpdater(LineAttempt.class, "over");

  private final NetworkConnection connection;
  private final AttemptRequest<Q, R> request;
  private final AttemptListener<R> listener;
  private volatile int over;

  LineAttempt(
      NetworkConnection connection, AttemptRequest<Q, R> request, AttemptListener<R> listener) {
    this.connection = connection;
    this.request = request;
    this.listener = listener;
  }

  @Override
  public String method() {
    return request.method().fullName();
  }

  @Override
  public Criticality criticality() {
    return request.criticality();
  }

  @Override
  public int attempt() {
    return request.attempt();
  }

  @Override
  public long deadlineNanos() {
    return request.deadline().atNanos();
  }

  @Override
  public Metadata metadata() {
    return request.metadata();
  }

  @Override
  public byte[] request() {
    Codec<Q> codec = request.method().requestCodec();
    ByteBuffer payload = ByteBuffer.allocate(codec.sizeOf(request.message()));
    codec.encode(request.message(), payload);
    return payload.array();
  }

  @Override
  public boolean isOver() {
    return over != 0;
  }

  @Override
  public void reply(byte[] payload, long serverNanos, long queueNanos) {
    R message = request.method().responseCodec().decode(ByteBuffer.wrap(payload));
    end(
        new AttemptResult.Replied<>(
            Status.OK, message, Metadata.EMPTY, false, serverNanos, queueNanos, 0, payload.length));
  }

  @Override
  public void fail(Status status, long serverNanos, long queueNanos) {
    end(
        new AttemptResult.Replied<>(
            status, null, Metadata.EMPTY, false, serverNanos, queueNanos, 0, 0));
  }

  @Override
  public void refuse(Status status, Metadata metadata) {
    end(new AttemptResult.Refused<>(status, metadata, 0));
  }

  @Override
  public void lose(String cause) {
    end(new AttemptResult.Unknown<>(Status.of(Status.Code.UNAVAILABLE, cause), 0));
  }

  @Override
  public void cancel() {
    if (end(new AttemptResult.Cancelled<>(Status.of(Status.Code.CANCELLED, "given up"), 0))) {
      connection.cancelled(this);
    }
  }

  /** Ends it with this, unless it has ended. */
  boolean end(AttemptResult<R> result) {
    if (!OVER.compareAndSet(this, 0, 1)) {
      return false;
    }
    connection.ended();
    listener.ended(result);
    return true;
  }
}
