package dev.clearspan.rpc.internal.inprocess;

import dev.clearspan.rpc.Metadata;
import dev.clearspan.rpc.MethodSpec;
import dev.clearspan.rpc.Status;
import dev.clearspan.rpc.internal.transport.AttemptResult;
import dev.clearspan.rpc.internal.transport.EndpointConnection.AttemptListener;
import dev.clearspan.rpc.internal.transport.EndpointConnection.SentAttempt;
import dev.clearspan.rpc.server.ServerCall;
import java.nio.ByteBuffer;
import java.util.function.Consumer;

/** A unary attempt. */
final class UnaryAttempt<R> extends OpenAttempt<R> implements SentAttempt {
  private final byte[] request;
  private final AttemptListener<R> listener;

  UnaryAttempt(
      MethodSpec<?, R> method,
      byte[] request,
      AttemptListener<R> listener,
      Consumer<OpenAttempt<?>> onEnd) {
    super(method, onEnd);
    this.request = request;
    this.listener = listener;
  }

  byte[] request() {
    return request;
  }

  @Override
  int requestBytes() {
    return request.length;
  }

  @Override
  public void cancel() {
    giveUp("given up by the caller");
  }

  /** The server's reply, encoded. */
  void replied(byte[] payload, Metadata headers, Metadata trailers, ServerCall.Timing timing) {
    try {
      R message = method.responseCodec().decode(ByteBuffer.wrap(payload));
      end(
          new AttemptResult.Replied<>(
              Status.OK,
              message,
              headers,
              trailers,
              timing.keep(),
              timing.serverNanos(),
              timing.queueNanos(),
              request.length,
              payload.length));
    } catch (RuntimeException e) {
      String text = "reply of " + method.fullName() + ": " + e.getMessage();
      failed(Status.of(Status.Code.INTERNAL, text), headers, trailers, timing);
    }
  }

  void failed(Status status, Metadata headers, Metadata trailers, ServerCall.Timing timing) {
    end(
        new AttemptResult.Replied<>(
            status,
            null,
            headers,
            trailers,
            timing.keep(),
            timing.serverNanos(),
            timing.queueNanos(),
            request.length,
            0));
  }

  @Override
  void tellEnd(AttemptResult<R> result) {
    listener.ended(result);
  }
}
