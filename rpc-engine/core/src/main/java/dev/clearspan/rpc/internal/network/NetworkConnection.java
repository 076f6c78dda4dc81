package dev.clearspan.rpc.internal.network;

import dev.clearspan.rpc.MethodShape;
import dev.clearspan.rpc.Status;
import dev.clearspan.rpc.StreamSender;
import dev.clearspan.rpc.internal.transport.AttemptRequest;
import dev.clearspan.rpc.internal.transport.AttemptResult;
import dev.clearspan.rpc.internal.transport.ConnectionListener;
import dev.clearspan.rpc.internal.transport.ConnectionState;
import dev.clearspan.rpc.internal.transport.EndpointConnection;
import dev.clearspan.rpc.internal.transport.StreamAttemptListener;
import dev.clearspan.rpc.internal.transport.StreamRequest;
import dev.clearspan.rpc.internal.transport.UnaryAsStream;
import dev.clearspan.rpc.network.Line;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** An endpoint's connection: a line of the network, with the calls on it counted. */
final class NetworkConnection implements EndpointConnection, Line.Listener {
  private final ConnectionListener listener;
  private final AtomicInteger inFlight = new AtomicInteger();
  private volatile ConnectionState state = ConnectionState.CONNECTING;
  private volatile @Nullable Line line;

  NetworkConnection(ConnectionListener listener) {
    this.listener = listener;
  }

  /** The line it goes by; to be told before anything is sent. */
  void on(Line value) {
    line = value;
  }

  @Override
  public void ready() {
    become(ConnectionState.READY, "");
  }

  @Override
  public void draining(String cause) {
    become(ConnectionState.DRAINING, cause);
  }

  @Override
  public void unreachable(String cause) {
    become(ConnectionState.UNREACHABLE, cause);
  }

  @Override
  public ConnectionState state() {
    return state;
  }

  @Override
  public int inFlight() {
    return inFlight.get();
  }

  @Override
  public <Q, R> SentAttempt send(AttemptRequest<Q, R> request, AttemptListener<R> attempt) {
    LineAttempt<Q, R> sent = new LineAttempt<>(this, request, attempt);
    inFlight.incrementAndGet();
    Line ready = line;
    if (state == ConnectionState.READY && ready != null) {
      ready.send(sent);
    } else {
      Status unsent = Status.of(Status.Code.UNAVAILABLE, "the line is " + state);
      sent.end(new AttemptResult.NotSent<>(unsent));
    }
    return sent;
  }

  @Override
  public <Q, R> StreamSender<Q> open(
      StreamRequest<Q, R> request, StreamAttemptListener<R> attempt) {
    if (request.method().shape() != MethodShape.UNARY) {
      throw new UnsupportedOperationException(
          "%s is %s (expected on a given network: a unary method)"
              .formatted(request.method().fullName(), request.method().shape()));
    }
    return new UnaryAsStream<>(this, request, attempt);
  }

  @Override
  public void close() {
    become(ConnectionState.CLOSED, "closed by us");
    Line open = line;
    if (open != null) {
      open.close();
    }
  }

  void cancelled(LineAttempt<?, ?> attempt) {
    Line open = line;
    if (open != null) {
      open.cancel(attempt);
    }
  }

  void ended() {
    inFlight.decrementAndGet();
  }

  private void become(ConnectionState next, String cause) {
    if (state != ConnectionState.CLOSED) {
      state = next;
      listener.stateChanged(next, cause);
    }
  }
}
