package dev.clearspan.rpc.internal.inprocess;

import dev.clearspan.rpc.Metadata;
import dev.clearspan.rpc.RpcException;
import dev.clearspan.rpc.Status;
import dev.clearspan.rpc.StreamSender;
import dev.clearspan.rpc.internal.transport.AttemptResult;
import dev.clearspan.rpc.internal.transport.EndpointConnection;
import dev.clearspan.rpc.internal.transport.StreamAttemptListener;
import dev.clearspan.rpc.internal.transport.StreamRequest;
import dev.clearspan.rpc.stream.InOrder;
import org.jspecify.annotations.Nullable;

/** A unary attempt for a client that sees a stream: it is sent when its request is finished. */
final class UnaryAsStream<Q, R> implements StreamSender<Q> {
  private final EndpointConnection connection;
  private final StreamRequest<Q, R> request;
  private final StreamAttemptListener<R> listener;
  private final InOrder turn = new InOrder();
  // All in turn.
  private @Nullable Q message;
  private EndpointConnection.@Nullable SentAttempt sent;
  private @Nullable Runnable held;
  private boolean requested;
  private boolean finished;
  private boolean over;

  UnaryAsStream(
      EndpointConnection connection,
      StreamRequest<Q, R> request,
      StreamAttemptListener<R> listener) {
    this.connection = connection;
    this.request = request;
    this.listener = listener;
  }

  @Override
  public void send(Q value) {
    turn.run(() -> message = value);
  }

  @Override
  public boolean isReady() {
    return true;
  }

  @Override
  public void finish() {
    turn.run(this::sendRequest);
  }

  @Override
  public void request(int messages) {
    turn.run(
        () -> {
          requested = true;
          Runnable waiting = held;
          held = null;
          if (waiting != null) {
            waiting.run();
          }
        });
  }

  @Override
  public void cancel(String reason) {
    turn.run(
        () -> {
          if (sent != null) {
            sent.cancel();
          }
          end(new AttemptResult.Cancelled<>(Status.of(Status.Code.CANCELLED, reason), 0));
        });
  }

  private void sendRequest() {
    Q whole = message;
    if (finished || over) {
      return;
    }
    finished = true;
    if (whole == null) {
      end(failed(Status.of(Status.Code.INTERNAL, "no request (expected: one)")));
      return;
    }
    try {
      sent = connection.send(request.unary(whole), result -> turn.run(() -> ended(result)));
    } catch (RpcException e) {
      end(failed(e.status()));
    }
  }

  private void ended(AttemptResult<R> result) {
    R reply = result instanceof AttemptResult.Replied<R> replied ? replied.message() : null;
    if (result instanceof AttemptResult.Replied<R> replied && !replied.headers().isEmpty()) {
      listener.headers(replied.headers());
    }
    Runnable last =
        () -> {
          if (reply != null && !over) {
            listener.message(reply);
          }
          end(result);
        };
    if (requested || reply == null) {
      last.run();
    } else {
      held = last;
    }
  }

  private void end(AttemptResult<R> result) {
    if (!over) {
      over = true;
      listener.ended(result);
    }
  }

  private AttemptResult<R> failed(Status status) {
    return new AttemptResult.Replied<>(status, null, Metadata.EMPTY, false, -1, -1, 0, 0);
  }
}
