package dev.clearspan.rpc.internal.netty;

import dev.clearspan.rpc.Compression;
import dev.clearspan.rpc.Limits;
import dev.clearspan.rpc.MethodShape;
import dev.clearspan.rpc.ProcessIdentity;
import dev.clearspan.rpc.Status;
import dev.clearspan.rpc.StreamSender;
import dev.clearspan.rpc.balance.LoadReport;
import dev.clearspan.rpc.internal.frame.Codings;
import dev.clearspan.rpc.internal.frame.Hello;
import dev.clearspan.rpc.internal.tls.ClientTls;
import dev.clearspan.rpc.internal.transport.AttemptRequest;
import dev.clearspan.rpc.internal.transport.AttemptResult;
import dev.clearspan.rpc.internal.transport.ConnectionListener;
import dev.clearspan.rpc.internal.transport.ConnectionState;
import dev.clearspan.rpc.internal.transport.EndpointAddress;
import dev.clearspan.rpc.internal.transport.EndpointConnection;
import dev.clearspan.rpc.internal.transport.StreamAttemptListener;
import dev.clearspan.rpc.internal.transport.StreamRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * An endpoint's connection over its whole life: a sequence of {@link ClientLink}s, one TCP
 * connection each, that a {@link Dialer} makes. Callers touch the outbox only; everything else is
 * confined to one event loop, the same for all links.
 */
final class ClientConnection implements EndpointConnection, ClientLink.Owner, PendingCall.Owner {
  private final EndpointAddress address;
  private final Limits limits;
  private final Consumer<ClientConnection> onClosed;
  private final Dialer<ClientLink> dialer;
  private final Outbox outbox;
  private final AtomicInteger inFlight = new AtomicInteger();

  private volatile int mostInFlight;
  private volatile int mostMessageBytes;
  private volatile Codings codings = Codings.NONE;
  private volatile @Nullable LoadReport load;

  private List<Exchange> waiting = new ArrayList<>();

  ClientConnection(
      EventLoops loops,
      EndpointAddress address,
      ProcessIdentity identity,
      Limits limits,
      @Nullable ClientTls tls,
      ConnectionListener listener,
      Consumer<ClientConnection> onClosed) {
    this.address = address;
    this.limits = limits;
    this.onClosed = onClosed;
    this.dialer =
        new Dialer<>(
            loops,
            address,
            tls,
            listener,
            () -> new ClientLink(address, identity, limits, this, outbox()),
            this::releaseWaiting);
    this.outbox = new Outbox(dialer.loop(), this::flush);
    this.mostInFlight = limits.inFlightPerConnection();
    this.mostMessageBytes = limits.messageBytes();
  }

  void start() {
    dialer.start();
  }

  @Override
  public ConnectionState state() {
    return dialer.state();
  }

  @Override
  public int inFlight() {
    return inFlight.get();
  }

  @Override
  public <Q, R> SentAttempt send(AttemptRequest<Q, R> request, AttemptListener<R> attempt) {
    ConnectionState now = dialer.state();
    if (now != ConnectionState.READY && now != ConnectionState.CONNECTING) {
      return notSent(attempt, dialer.unavailable());
    }
    int payloadBytes = RequestEncoder.sizeOf(request, mostMessageBytes);
    if (inFlight.incrementAndGet() > mostInFlight) {
      inFlight.decrementAndGet();
      return notSent(attempt, tooMany());
    }
    PendingCall<R> call = pending(request, payloadBytes, attempt);
    outbox.put(call);
    return call;
  }

  @Override
  public <Q, R> StreamSender<Q> open(
      StreamRequest<Q, R> request, StreamAttemptListener<R> attempt) {
    if (request.method().shape() == MethodShape.UNARY) {
      return new UnaryAsStream<>(this, request, attempt);
    }
    ConnectionState now = dialer.state();
    if (now != ConnectionState.READY && now != ConnectionState.CONNECTING) {
      attempt.ended(new AttemptResult.NotSent<>(dialer.unavailable()));
      return new Unsent<>();
    }
    if (inFlight.incrementAndGet() > mostInFlight) {
      inFlight.decrementAndGet();
      attempt.ended(new AttemptResult.NotSent<>(tooMany()));
      return new Unsent<>();
    }
    ClientStream<Q, R> stream = new ClientStream<>(this, request, attempt);
    outbox.put(() -> write(stream));
    return stream;
  }

  private Outbox outbox() {
    return outbox;
  }

  /** Has the loop run the command, and flush. Thread-safe. */
  void onLoop(Runnable command) {
    outbox.put(command);
  }

  @Override
  public void giveUp(Exchange call) {
    outbox.put(() -> cancel(call));
  }

  @Override
  public void left() {
    inFlight.decrementAndGet();
  }

  int mostMessageBytes() {
    return mostMessageBytes;
  }

  /** How messages of streams are compressed. */
  Packing streamPacking(Compression wanted) {
    Codings taken = codings;
    return taken.inStreams() ? Packing.of(wanted, taken.known()) : Packing.NONE;
  }

  int mostReplyBytes() {
    return limits.messageBytes();
  }

  @Override
  public void close() {
    dialer.loop().execute(this::closeOnLoop);
  }

  @Override
  public void ready(Hello peer) {
    mostInFlight = Math.min(limits.inFlightPerConnection(), peer.inFlight());
    mostMessageBytes = Math.min(limits.messageBytes(), peer.messageBytes());
    codings = peer.codings();
    dialer.ready();
  }

  @Override
  public void loaded(LoadReport report) {
    load = report;
  }

  @Override
  public @Nullable LoadReport loadReport() {
    return load;
  }

  @Override
  public void draining(String reason) {
    dialer.draining(reason);
  }

  @Override
  public void lost(String reason) {
    dialer.lost(reason);
  }

  private <Q, R> PendingCall<R> pending(
      AttemptRequest<Q, R> request, int payloadBytes, AttemptListener<R> attempt) {
    try {
      return new PendingCall<>(
          request.method(),
          request.deadline(),
          RequestEncoder.encode(request, payloadBytes, codings),
          payloadBytes,
          attempt,
          this);
    } catch (RuntimeException e) {
      inFlight.decrementAndGet();
      throw e;
    }
  }

  @Override
  public void write(Exchange call) {
    assert dialer.loop().inEventLoop();
    ClientLink current = dialer.link();
    ConnectionState now = dialer.state();
    if (call.hasEnded()) {
      return;
    }
    if (now == ConnectionState.READY && current != null) {
      current.send(call);
    } else if (now == ConnectionState.CONNECTING) {
      waiting.add(call);
    } else {
      call.notSent(dialer.unavailable());
    }
  }

  private void cancel(Exchange call) {
    assert dialer.loop().inEventLoop();
    ClientLink current = dialer.link();
    if ((current != null && current.cancel(call)) || call.hasEnded()) {
      return;
    }
    waiting.remove(call);
    call.cancelled();
  }

  private void flush() {
    ClientLink current = dialer.link();
    if (current != null) {
      current.flush();
    }
  }

  private void releaseWaiting() {
    List<Exchange> calls = waiting;
    waiting = new ArrayList<>();
    calls.forEach(this::write);
    flush();
  }

  private void closeOnLoop() {
    dialer.close();
    onClosed.accept(this);
  }

  private Status tooMany() {
    return Status.of(
        Status.Code.RESOURCE_EXHAUSTED,
        "calls in flight to %s: %d (expected: < %d)"
            .formatted(address.authority(), mostInFlight, mostInFlight));
  }

  private static <R> SentAttempt notSent(AttemptListener<R> attempt, Status status) {
    attempt.ended(new AttemptResult.NotSent<>(status));
    return () -> {};
  }
}
