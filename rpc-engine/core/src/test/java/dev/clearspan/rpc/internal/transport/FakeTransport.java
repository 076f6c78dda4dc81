package dev.clearspan.rpc.internal.transport;

import dev.clearspan.rpc.Metadata;
import dev.clearspan.rpc.ProcessIdentity;
import dev.clearspan.rpc.Status;
import dev.clearspan.rpc.StreamSender;
import dev.clearspan.rpc.balance.LoadReport;
import dev.clearspan.rpc.time.Scheduler;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Connections without a network. Each becomes READY when opened, unless told otherwise, and answers
 * at once what its endpoint's {@link Peer} says.
 */
public final class FakeTransport implements ClientTransport {
  private final Scheduler scheduler;
  private final Map<String, Peer> peers = new LinkedHashMap<>();
  private boolean readyAtOnce = true;

  public FakeTransport(Scheduler scheduler) {
    this.scheduler = scheduler;
  }

  /** Connections opened from now on stay CONNECTING. */
  public void connectSlowly() {
    readyAtOnce = false;
  }

  /** The endpoint listening on this port. */
  public synchronized Peer peer(int port) {
    return peers.computeIfAbsent("10.0.0.1:" + port, authority -> new Peer());
  }

  @Override
  public synchronized EndpointConnection open(
      EndpointAddress address, ProcessIdentity identity, ConnectionListener listener) {
    Peer peer = peers.computeIfAbsent(address.authority(), authority -> new Peer());
    Connection connection = new Connection(peer, listener);
    peer.connections.add(connection);
    if (readyAtOnce) {
      connection.become(ConnectionState.READY, "");
    }
    return connection;
  }

  @Override
  public Scheduler scheduler() {
    return scheduler;
  }

  @Override
  public void close() {}

  /** The other end of all connections to one address. */
  public static final class Peer {
    private final List<Connection> connections = new ArrayList<>();
    private final List<AttemptRequest<?, ?>> received = new ArrayList<>();
    private final List<FakeStream<?, ?>> streams = new ArrayList<>();
    private final List<Held<?>> held = new ArrayList<>();
    private Function<AttemptRequest<?, ?>, AttemptResult<?>> answer =
        request -> ok(String.valueOf(request.message()));
    private boolean holding;
    private boolean probed;
    private @Nullable LoadReport load;

    /** What was sent here, in order. */
    public List<AttemptRequest<?, ?>> received() {
      return received;
    }

    /** The streams opened here, in order. */
    public List<FakeStream<?, ?>> streams() {
      return streams;
    }

    /** Whether it is pinged without calls. */
    public boolean isProbed() {
      return probed;
    }

    /** It tells of itself whether it serves. */
    public void serves(boolean serving) {
      connections.get(connections.size() - 1).listener.served(serving);
    }

    public int opened() {
      return connections.size();
    }

    public boolean isClosed() {
      return connections.stream().allMatch(c -> c.state == ConnectionState.CLOSED);
    }

    public void answers(Function<AttemptRequest<?, ?>, AttemptResult<?>> value) {
      answer = value;
      holding = false;
    }

    public void answers(AttemptResult<?> value) {
      answers(request -> value);
    }

    /** What its replies say of its load. */
    public void reports(@Nullable LoadReport value) {
      load = value;
    }

    public @Nullable LoadReport report() {
      return load;
    }

    /** Answers nothing until {@link #release}. */
    public void holds() {
      holding = true;
    }

    /** Answers what was held. */
    public void release() {
      holding = false;
      List<Held<?>> now = List.copyOf(held);
      held.clear();
      now.forEach(call -> call.answer(answer.apply(call.request)));
    }

    public int heldCalls() {
      return held.size();
    }

    public void becomes(ConnectionState state, String cause) {
      connections.get(connections.size() - 1).become(state, cause);
    }

    private <Q, R> EndpointConnection.SentAttempt send(
        AttemptRequest<Q, R> request, EndpointConnection.AttemptListener<R> listener) {
      received.add(request);
      Held<R> call = new Held<>(request, listener);
      if (holding) {
        held.add(call);
      } else {
        call.answer(answer.apply(request));
      }
      return () -> {
        held.remove(call);
        call.answer(
            new AttemptResult.Cancelled<>(
                Status.of(Status.Code.CANCELLED, "given up by the caller"), 1));
      };
    }
  }

  private static final class Held<R> {
    private final AttemptRequest<?, ?> request;
    private final EndpointConnection.AttemptListener<R> listener;
    private boolean answered;

    private Held(AttemptRequest<?, ?> request, EndpointConnection.AttemptListener<R> listener) {
      this.request = request;
      this.listener = listener;
    }

    @SuppressWarnings("unchecked") // Tests answer with the method's type.
    private void answer(AttemptResult<?> result) {
      if (!answered) {
        answered = true;
        listener.ended((AttemptResult<R>) result);
      }
    }
  }

  private static final class Connection implements EndpointConnection {
    private final Peer peer;
    private final ConnectionListener listener;
    private ConnectionState state = ConnectionState.CONNECTING;

    private Connection(Peer peer, ConnectionListener listener) {
      this.peer = peer;
      this.listener = listener;
    }

    private void become(ConnectionState next, String cause) {
      state = next;
      listener.stateChanged(next, cause);
    }

    @Override
    public ConnectionState state() {
      return state;
    }

    @Override
    public @Nullable LoadReport loadReport() {
      return peer.load;
    }

    @Override
    public int inFlight() {
      return peer.held.size();
    }

    @Override
    public <Q, R> SentAttempt send(AttemptRequest<Q, R> request, AttemptListener<R> attempt) {
      request.method().requestCodec().sizeOf(Objects.requireNonNull(request.message()));
      return peer.send(request, attempt);
    }

    @Override
    public <Q, R> StreamSender<Q> open(
        StreamRequest<Q, R> request, StreamAttemptListener<R> listener) {
      FakeStream<Q, R> stream = new FakeStream<>(request, listener);
      peer.streams.add(stream);
      return stream;
    }

    @Override
    public void probe(boolean on) {
      peer.probed = on;
    }

    @Override
    public void close() {
      become(ConnectionState.CLOSED, "closed by us");
    }
  }

  public static AttemptResult<String> ok(String message) {
    return new AttemptResult.Replied<>(Status.OK, message, Metadata.EMPTY, false, 1_000, 100, 3, 3);
  }

  public static AttemptResult<String> status(Status.Code code) {
    return status(code, Metadata.EMPTY);
  }

  public static AttemptResult<String> status(Status.Code code, Metadata metadata) {
    return new AttemptResult.Replied<>(
        Status.of(code, "said by the server"), null, metadata, false, 1_000, 100, 3, 0);
  }

  public static AttemptResult<String> notSent() {
    return new AttemptResult.NotSent<>(Status.of(Status.Code.UNAVAILABLE, "not connected"));
  }

  public static AttemptResult<String> refused() {
    return new AttemptResult.Refused<>(Status.of(Status.Code.UNAVAILABLE, "draining"), 3);
  }

  public static AttemptResult<String> lost() {
    return new AttemptResult.Unknown<>(Status.of(Status.Code.UNAVAILABLE, "connection reset"), 3);
  }
}
