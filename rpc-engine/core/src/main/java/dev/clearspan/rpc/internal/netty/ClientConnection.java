package dev.clearspan.rpc.internal.netty;

import dev.clearspan.rpc.Limits;
import dev.clearspan.rpc.ProcessIdentity;
import dev.clearspan.rpc.Status;
import dev.clearspan.rpc.StreamSender;
import dev.clearspan.rpc.internal.frame.Hello;
import dev.clearspan.rpc.internal.transport.AttemptRequest;
import dev.clearspan.rpc.internal.transport.AttemptResult;
import dev.clearspan.rpc.internal.transport.ConnectionListener;
import dev.clearspan.rpc.internal.transport.ConnectionState;
import dev.clearspan.rpc.internal.transport.EndpointAddress;
import dev.clearspan.rpc.internal.transport.EndpointConnection;
import dev.clearspan.rpc.internal.transport.StreamAttemptListener;
import dev.clearspan.rpc.internal.transport.StreamRequest;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An endpoint's connection over its whole life: a sequence of {@link ClientLink}s, one TCP
 * connection each, with backoff between them. Callers touch the volatile state and the outbox only;
 * everything else is confined to one event loop, the same for all links.
 */
final class ClientConnection implements EndpointConnection, ClientLink.Owner {
  private static final Logger LOG = LoggerFactory.getLogger(ClientConnection.class);
  private static final int CONNECT_TIMEOUT_MILLIS = 3_000;
  private static final long GOOD_LINK_NANOS = TimeUnit.SECONDS.toNanos(5);

  private final EventLoops loops;
  private final EventLoop loop;
  private final EndpointAddress address;
  private final ProcessIdentity identity;
  private final Limits limits;
  private final ConnectionListener listener;
  private final Consumer<ClientConnection> onClosed;
  private final Outbox outbox;
  private final AtomicInteger inFlight = new AtomicInteger();

  private volatile ConnectionState state = ConnectionState.CONNECTING;
  private volatile String cause = "";
  private volatile int mostInFlight;
  private volatile int mostMessageBytes;

  private final Backoff backoff = new Backoff();
  private List<PendingCall<?>> waiting = new ArrayList<>();
  private @Nullable ClientLink link;
  private long readySince;

  ClientConnection(
      EventLoops loops,
      EndpointAddress address,
      ProcessIdentity identity,
      Limits limits,
      ConnectionListener listener,
      Consumer<ClientConnection> onClosed) {
    this.loops = loops;
    this.loop = loops.next();
    this.address = address;
    this.identity = identity;
    this.limits = limits;
    this.listener = listener;
    this.onClosed = onClosed;
    this.outbox = new Outbox(loop, this::flush);
    this.mostInFlight = limits.inFlightPerConnection();
    this.mostMessageBytes = limits.messageBytes();
  }

  void start() {
    loop.execute(this::connect);
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
    ConnectionState now = state;
    if (now != ConnectionState.READY && now != ConnectionState.CONNECTING) {
      return notSent(attempt, unavailable(now + ": " + cause));
    }
    int payloadBytes = RequestEncoder.sizeOf(request, mostMessageBytes);
    if (inFlight.incrementAndGet() > mostInFlight) {
      inFlight.decrementAndGet();
      return notSent(attempt, tooMany());
    }
    PendingCall<R> call = pending(request, payloadBytes, attempt);
    outbox.put(() -> write(call));
    return () -> outbox.put(() -> cancel(call));
  }

  @Override
  public <Q, R> StreamSender<Q> open(
      StreamRequest<Q, R> request, StreamAttemptListener<R> attempt) {
    attempt.ended(
        new AttemptResult.NotSent<>(
            Status.of(Status.Code.UNIMPLEMENTED, "no streams to " + address.authority() + " yet")));
    return new Unsent<>();
  }

  @Override
  public void close() {
    loop.execute(this::closeOnLoop);
  }

  @Override
  public void ready(Hello peer) {
    mostInFlight = Math.min(limits.inFlightPerConnection(), peer.inFlight());
    mostMessageBytes = Math.min(limits.messageBytes(), peer.messageBytes());
    readySince = System.nanoTime();
    become(ConnectionState.READY, "");
    releaseWaiting();
  }

  @Override
  public void draining(String reason) {
    become(ConnectionState.DRAINING, reason);
    releaseWaiting();
  }

  @Override
  public void lost(String reason) {
    boolean wasReady = state == ConnectionState.READY || state == ConnectionState.DRAINING;
    link = null;
    if (state == ConnectionState.CLOSED) {
      return;
    }
    if (wasReady && System.nanoTime() - readySince > GOOD_LINK_NANOS) {
      backoff.reset();
    }
    become(ConnectionState.UNREACHABLE, reason);
    releaseWaiting();
    loop.schedule(this::connect, backoff.nextNanos(), TimeUnit.NANOSECONDS);
  }

  private <Q, R> PendingCall<R> pending(
      AttemptRequest<Q, R> request, int payloadBytes, AttemptListener<R> attempt) {
    try {
      return new PendingCall<>(
          request.method(),
          request.deadline(),
          RequestEncoder.encode(request, payloadBytes),
          payloadBytes,
          attempt,
          inFlight::decrementAndGet);
    } catch (RuntimeException e) {
      inFlight.decrementAndGet();
      throw e;
    }
  }

  private void write(PendingCall<?> call) {
    assert loop.inEventLoop();
    ClientLink current = link;
    if (call.hasEnded()) {
      return;
    }
    if (state == ConnectionState.READY && current != null) {
      current.send(call);
    } else if (state == ConnectionState.CONNECTING) {
      waiting.add(call);
    } else {
      call.notSent(unavailable(state + ": " + cause));
    }
  }

  private void cancel(PendingCall<?> call) {
    assert loop.inEventLoop();
    if (call.hasEnded()) {
      return;
    }
    if (link != null && link.cancel(call)) {
      return;
    }
    waiting.remove(call);
    call.cancelled();
  }

  private void flush() {
    if (link != null) {
      link.flush();
    }
  }

  private void releaseWaiting() {
    List<PendingCall<?>> calls = waiting;
    waiting = new ArrayList<>();
    calls.forEach(this::write);
    flush();
  }

  private void connect() {
    assert loop.inEventLoop();
    if (state == ConnectionState.CLOSED) {
      return;
    }
    HostResolver.resolve(address.host(), address.port())
        .whenCompleteAsync(
            (target, failure) -> {
              if (failure != null) {
                lost("host " + address.host() + " is unknown");
              } else {
                connectTo(target);
              }
            },
            loop);
  }

  private void connectTo(InetSocketAddress target) {
    if (state == ConnectionState.CLOSED) {
      return;
    }
    ClientLink next = new ClientLink(address, identity, limits, this);
    link = next;
    new Bootstrap()
        .group(loop)
        .channel(loops.clientChannel())
        .option(ChannelOption.TCP_NODELAY, true)
        .option(ChannelOption.SO_KEEPALIVE, true)
        .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_TIMEOUT_MILLIS)
        .handler(next)
        .connect(target)
        .addListener(
            (ChannelFuture future) -> {
              if (!future.isSuccess()) {
                lost(String.valueOf(future.cause().getMessage()));
              } else if (state == ConnectionState.CLOSED) {
                future.channel().close();
              }
            });
  }

  private void closeOnLoop() {
    if (state == ConnectionState.CLOSED) {
      return;
    }
    become(ConnectionState.CLOSED, "closed by us");
    onClosed.accept(this);
    releaseWaiting();
    ClientLink current = link;
    link = null;
    if (current != null) {
      current.close("connection to " + address.authority() + " closed by us");
    }
  }

  private void become(ConnectionState next, String reason) {
    if (state == next && cause.equals(reason)) {
      return;
    }
    LOG.debug("connection to {} is {} {}", address, next, reason);
    cause = reason;
    state = next;
    try {
      listener.stateChanged(next, reason);
    } catch (RuntimeException | AssertionError e) {
      LOG.error("listener of the connection to {} failed", address.authority(), e);
    }
  }

  private Status unavailable(String reason) {
    return Status.of(Status.Code.UNAVAILABLE, address.authority() + " is " + reason);
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
