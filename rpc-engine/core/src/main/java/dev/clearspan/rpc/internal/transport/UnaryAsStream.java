package dev.clearspan.rpc.internal.transport;

import dev.clearspan.rpc.RpcException;
import dev.clearspan.rpc.Status;
import dev.clearspan.rpc.StreamSender;
import dev.clearspan.rpc.internal.transport.EndpointConnection.SentAttempt;
import dev.clearspan.rpc.stream.InOrder;
import org.jspecify.annotations.Nullable;

/**
 * A unary method opened as a stream: on the wire it stays one REQUEST and one RESPONSE.
 * Thread-safe; everything happens in {@code turns}' order.
 */
public final class UnaryAsStream<Q, R> implements StreamSender<Q> {
  private final EndpointConnection connection;
  private final StreamRequest<Q, R> request;
  private final StreamAttemptListener<R> listener;
  private final InOrder turns = new InOrder();
  private volatile @Nullable Q message;
  private volatile boolean finished;
  private @Nullable SentAttempt sent;
  private AttemptResult.@Nullable Replied<R> reply;
  private boolean requested;
  private boolean ended;

  /** An attempt that is sent on the connection when its request is finished. */
  public UnaryAsStream(
      EndpointConnection connection,
      StreamRequest<Q, R> request,
      StreamAttemptListener<R> listener) {
    this.connection = connection;
    this.request = request;
    this.listener = listener;
  }

  @Override
  public void send(Q value) {
    if (message != null || finished) {
      throw new IllegalStateException(
          request.method().fullName() + ": a second request (expected: one)");
    }
    message = value;
  }

  @Override
  public boolean isReady() {
    return message == null && !finished;
  }

  @Override
  public void finish() {
    if (!finished) {
      finished = true;
      turns.run(this::sendRequest);
    }
  }

  @Override
  public void request(int messages) {
    turns.run(
        () -> {
          requested = true;
          tellReply();
        });
  }

  @Override
  public void cancel(String reason) {
    turns.run(
        () -> {
          if (sent != null && reply == null) {
            sent.cancel();
          } else {
            Status status = Status.of(Status.Code.CANCELLED, "given up by the caller");
            end(new AttemptResult.Cancelled<>(status, 0));
          }
        });
  }

  private void sendRequest() {
    Q request = message;
    if (ended) {
      return;
    }
    if (request == null) {
      String text = this.request.method().fullName() + ": no request (expected: one)";
      end(new AttemptResult.Cancelled<>(Status.of(Status.Code.INTERNAL, text), 0));
      return;
    }
    try {
      sent = connection.send(this.request.unary(request), result -> turns.run(() -> heard(result)));
    } catch (RpcException e) {
      end(new AttemptResult.Cancelled<>(e.status(), 0));
    }
  }

  private void heard(AttemptResult<R> result) {
    if (result instanceof AttemptResult.Replied<R> replied) {
      reply = replied;
      if (!replied.headers().isEmpty()) {
        listener.headers(replied.headers());
      }
      tellReply();
    } else {
      end(result);
    }
  }

  private void tellReply() {
    AttemptResult.Replied<R> present = reply;
    if (present == null || ended) {
      return;
    }
    R value = present.message();
    if (value == null) {
      end(present);
    } else if (requested) {
      listener.message(value);
      end(withoutMessage(present));
    }
  }

  private void end(AttemptResult<R> result) {
    if (!ended) {
      ended = true;
      listener.ended(result);
    }
  }

  private static <R> AttemptResult<R> withoutMessage(AttemptResult.Replied<R> reply) {
    return new AttemptResult.Replied<>(
        reply.status(),
        null,
        reply.metadata(),
        reply.keep(),
        reply.serverNanos(),
        reply.serverQueueNanos(),
        reply.requestBytes(),
        reply.responseBytes());
  }
}
