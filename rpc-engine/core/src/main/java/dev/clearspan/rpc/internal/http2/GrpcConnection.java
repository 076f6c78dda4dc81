package dev.clearspan.rpc.internal.http2;

import dev.clearspan.rpc.Compression;
import dev.clearspan.rpc.Limits;
import dev.clearspan.rpc.ProcessIdentity;
import dev.clearspan.rpc.Status;
import dev.clearspan.rpc.StreamSender;
import dev.clearspan.rpc.internal.netty.Dialer;
import dev.clearspan.rpc.internal.netty.EventLoops;
import dev.clearspan.rpc.internal.netty.Outbox;
import dev.clearspan.rpc.internal.netty.Unsent;
import dev.clearspan.rpc.internal.tls.ClientTls;
import dev.clearspan.rpc.internal.transport.AttemptRequest;
import dev.clearspan.rpc.internal.transport.AttemptResult;
import dev.clearspan.rpc.internal.transport.ConnectionListener;
import dev.clearspan.rpc.internal.transport.ConnectionState;
import dev.clearspan.rpc.internal.transport.EndpointAddress;
import dev.clearspan.rpc.internal.transport.EndpointConnection;
import dev.clearspan.rpc.internal.transport.StreamAttemptListener;
import dev.clearspan.rpc.internal.transport.StreamRequest;
import io.netty.buffer.ByteBuf;
import io.netty.util.AsciiString;
import io.netty.util.concurrent.EventExecutor;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Calls of one endpoint over gRPC: a sequence of {@link GrpcClientLink}s, one HTTP/2 connection
 * each, that a {@link Dialer} makes. When a server sends one away, its calls end there while new
 * ones use the next. Callers encode and touch the outbox; everything else is confined to one event
 * loop, the same for all links.
 */
final class GrpcConnection implements EndpointConnection, GrpcLinkOwner {
  private final EndpointAddress address;
  private final Limits limits;
  private final Consumer<GrpcConnection> onClosed;
  private final RequestFields form;
  private final Dialer<GrpcClientLink> dialer;
  private final Outbox outbox;
  private final AtomicInteger inFlight = new AtomicInteger();

  private final Set<GrpcClientLink> leaving = new HashSet<>();
  private List<ClientStream<?>> waiting = new ArrayList<>();
  private boolean peerIsClearspan;

  GrpcConnection(
      EventLoops loops,
      EndpointAddress address,
      ProcessIdentity identity,
      Limits limits,
      @Nullable ClientTls tls,
      ConnectionListener listener,
      Consumer<GrpcConnection> onClosed) {
    this.address = address;
    this.limits = limits;
    this.onClosed = onClosed;
    this.form = new RequestFields(identity);
    this.dialer = new Dialer<>(loops, address, tls, listener, this::newLink, this::releaseWaiting);
    this.outbox = new Outbox(dialer.loop(), this::flush);
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
    Status refusal = enter();
    if (refusal != null) {
      attempt.ended(new AttemptResult.NotSent<>(refusal));
      return () -> {};
    }
    UnaryExchange<R> call;
    try {
      call = encoded(request, attempt);
    } catch (RuntimeException e) {
      leave();
      throw e;
    }
    outbox.put(call);
    return call;
  }

  @Override
  public <Q, R> StreamSender<Q> open(
      StreamRequest<Q, R> request, StreamAttemptListener<R> attempt) {
    Status refusal = enter();
    if (refusal != null) {
      attempt.ended(new AttemptResult.NotSent<>(refusal));
      return new Unsent<>();
    }
    boolean gzip = request.compression() == Compression.GZIP;
    AsciiString[] fields =
        form.of(
            request.method().requestCodec().name(),
            request.metadata(),
            request.attempt(),
            request.trace(),
            gzip);
    StreamExchange<Q, R> call = new StreamExchange<>(this, request, fields, gzip, attempt);
    outbox.put(call);
    return call;
  }

  @Override
  public void close() {
    dialer.loop().execute(this::closeOnLoop);
  }

  Limits limits() {
    return limits;
  }

  Outbox outbox() {
    return outbox;
  }

  EventExecutor loop() {
    return dialer.loop();
  }

  /** A call that entered has ended. */
  void leave() {
    inFlight.decrementAndGet();
  }

  /** Sends the call on the link there is, or lets it wait for the first one. */
  @Override
  public void write(ClientStream<?> call) {
    assert dialer.loop().inEventLoop();
    if (call.hasEnded()) {
      return;
    }
    GrpcClientLink current = dialer.link();
    ConnectionState now = dialer.state();
    if (now == ConnectionState.READY && current != null) {
      current.open(call);
    } else if (now == ConnectionState.CONNECTING) {
      waiting.add(call);
    } else {
      call.notSent(dialer.unavailable());
    }
  }

  /** A call that was not sent has ended. */
  void forget(ClientStream<?> call) {
    waiting.remove(call);
    GrpcClientLink current = dialer.link();
    if (current != null) {
      current.forget(call);
    }
  }

  @Override
  public void ready() {
    dialer.ready();
  }

  @Override
  public void goingAway(GrpcClientLink link, String reason) {
    if (dialer.link() == link) {
      leaving.add(link);
      dialer.replace(reason);
    }
  }

  @Override
  public void lost(GrpcClientLink link, String reason) {
    leaving.remove(link);
    if (dialer.link() == link) {
      dialer.lost(reason);
    }
  }

  @Override
  public void peerIsClearspan() {
    peerIsClearspan = true;
  }

  private GrpcClientLink newLink() {
    return new GrpcClientLink(address, limits, form, peerIsClearspan, this);
  }

  /** Counts one more call in; what speaks against it, or null. */
  private @Nullable Status enter() {
    ConnectionState now = dialer.state();
    if (now != ConnectionState.READY && now != ConnectionState.CONNECTING) {
      return dialer.unavailable();
    }
    int most = limits.inFlightPerConnection();
    if (inFlight.incrementAndGet() > most) {
      inFlight.decrementAndGet();
      return Status.of(
          Status.Code.RESOURCE_EXHAUSTED,
          "calls in flight to %s: %d (expected: < %d)".formatted(address.authority(), most, most));
    }
    return null;
  }

  private <Q, R> UnaryExchange<R> encoded(
      AttemptRequest<Q, R> request, AttemptListener<R> attempt) {
    boolean gzip = request.compression() == Compression.GZIP;
    AsciiString[] fields =
        form.of(
            request.method().requestCodec().name(),
            request.metadata(),
            request.attempt(),
            request.trace(),
            gzip);
    ByteBuf message =
        MessageFrame.encode(
            request.method().requestCodec(), request.message(), gzip, limits.messageBytes());
    return new UnaryExchange<>(this, request, fields, message, attempt);
  }

  private void flush() {
    GrpcClientLink current = dialer.link();
    if (current != null) {
      current.flush();
    }
    if (!leaving.isEmpty()) {
      leaving.forEach(GrpcClientLink::flush);
    }
  }

  private void releaseWaiting() {
    List<ClientStream<?>> calls = waiting;
    waiting = new ArrayList<>();
    calls.forEach(this::write);
    flush();
  }

  private void closeOnLoop() {
    dialer.close();
    List.copyOf(leaving)
        .forEach(link -> link.close("connection to " + address.authority() + " closed by us"));
    onClosed.accept(this);
  }
}
