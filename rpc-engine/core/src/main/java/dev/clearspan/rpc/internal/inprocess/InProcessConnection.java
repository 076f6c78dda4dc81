package dev.clearspan.rpc.internal.inprocess;

import dev.clearspan.rpc.MethodShape;
import dev.clearspan.rpc.MethodSpec;
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
import dev.clearspan.rpc.server.ServerScope;
import dev.clearspan.rpc.time.Scheduler;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** The way to the server: nothing between them but the codecs. */
final class InProcessConnection implements EndpointConnection {
  private final InProcessServer server;
  private final ServerScope scope;
  private final ConnectionListener listener;
  private final Consumer<InProcessConnection> onClosed;
  private final Set<OpenAttempt<?>> open = ConcurrentHashMap.newKeySet();
  private volatile ConnectionState state = ConnectionState.CONNECTING;

  InProcessConnection(
      ServerScope scope,
      String caller,
      Scheduler scheduler,
      ConnectionListener listener,
      Consumer<InProcessConnection> onClosed) {
    this.server = new InProcessServer(scope, caller, scheduler);
    this.scope = scope;
    this.listener = listener;
    this.onClosed = onClosed;
  }

  void become(ConnectionState next, String cause) {
    state = next;
    listener.stateChanged(next, cause);
  }

  /** The server has stopped: what was in flight had its time. */
  void lost() {
    become(ConnectionState.UNREACHABLE, "the server has stopped");
    open.forEach(OpenAttempt::lost);
  }

  @Override
  public ConnectionState state() {
    return state;
  }

  @Override
  public int inFlight() {
    return open.size();
  }

  @Override
  public <Q, R> SentAttempt send(AttemptRequest<Q, R> request, AttemptListener<R> attempt) {
    MethodSpec<Q, R> method = request.method();
    byte[] payload =
        Payload.of(method.requestCodec(), request.message(), scope.limits().messageBytes());
    UnaryAttempt<R> sent = new UnaryAttempt<>(method, payload, attempt, open::remove);
    if (state != ConnectionState.READY) {
      sent.end(new AttemptResult.NotSent<>(unavailable()));
      return sent;
    }
    open.add(sent);
    server.serve(request, sent);
    return sent;
  }

  @Override
  public <Q, R> StreamSender<Q> open(
      StreamRequest<Q, R> request, StreamAttemptListener<R> attempt) {
    if (request.method().shape() == MethodShape.UNARY) {
      return new UnaryAsStream<>(this, request, attempt);
    }
    StreamAttempt<Q, R> sent =
        new StreamAttempt<>(request.method(), scope.limits().messageBytes(), attempt, open::remove);
    if (state != ConnectionState.READY) {
      sent.end(new AttemptResult.NotSent<>(unavailable()));
      return sent;
    }
    open.add(sent);
    server.serve(request, sent);
    return sent;
  }

  @Override
  public boolean canCollect() {
    return true;
  }

  @Override
  public boolean collect(long[] traceIds) {
    scope.ledger().collect(traceIds);
    return true;
  }

  @Override
  public void close() {
    become(ConnectionState.CLOSED, "closed by us");
    onClosed.accept(this);
    open.forEach(OpenAttempt::lost);
  }

  private Status unavailable() {
    return Status.of(Status.Code.UNAVAILABLE, "in-process server: " + state);
  }
}
