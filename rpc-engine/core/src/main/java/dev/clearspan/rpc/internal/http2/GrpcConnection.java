package dev.clearspan.rpc.internal.http2;

import dev.clearspan.rpc.Compression;
import dev.clearspan.rpc.Limits;
import dev.clearspan.rpc.ProcessIdentity;
import dev.clearspan.rpc.StreamSender;
import dev.clearspan.rpc.internal.netty.Connector;
import dev.clearspan.rpc.internal.netty.Dialer;
import dev.clearspan.rpc.internal.netty.GroupMember;
import dev.clearspan.rpc.internal.netty.LinkFault;
import dev.clearspan.rpc.internal.netty.Outbox;
import dev.clearspan.rpc.internal.transport.AttemptRequest;
import dev.clearspan.rpc.internal.transport.ConnectionState;
import dev.clearspan.rpc.internal.transport.EndpointAddress;
import dev.clearspan.rpc.internal.transport.EndpointConnection.AttemptListener;
import dev.clearspan.rpc.internal.transport.EndpointConnection.SentAttempt;
import dev.clearspan.rpc.internal.transport.StreamAttemptListener;
import dev.clearspan.rpc.internal.transport.StreamRequest;
import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import io.netty.util.AsciiString;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A connection in gRPC over its whole life: a sequence of {@link GrpcClientLink}s, one HTTP/2
 * connection each, that a {@link Dialer} makes. When a server sends one away, its calls end there
 * while new ones use the next. Callers encode and touch the outbox; everything else is confined to
 * one event loop, the same for all links.
 */
final class GrpcConnection extends GroupMember implements GrpcLinkOwner, Dialer.Listener {
  private final EndpointAddress address;
  private final Limits limits;
  private final Group group;
  private final RequestFields form;
  private final Dialer<GrpcClientLink> dialer;
  private final Outbox outbox;

  private List<ClientStream<?>> waiting = new ArrayList<>();
  private boolean peerIsClearspan;
  private int streams;

  GrpcConnection(
      Connector connector,
      EndpointAddress address,
      ProcessIdentity identity,
      Limits limits,
      Group group) {
    super(group);
    this.address = address;
    this.limits = limits;
    this.group = group;
    this.streams = limits.inFlightPerConnection();
    this.form = new RequestFields(identity);
    this.dialer = new Dialer<>(connector, address, this, this::newLink);
    this.outbox = new Outbox(dialer.loop(), dialer::flush);
  }

  @Override
  protected void start() {
    dialer.start();
  }

  @Override
  protected ConnectionState state() {
    return dialer.state();
  }

  /** Also those that the server has no stream for: gRPC's clients let them wait. */
  @Override
  protected int capacity() {
    return limits.inFlightPerConnection();
  }

  @Override
  protected <Q, R> SentAttempt send(AttemptRequest<Q, R> request, AttemptListener<R> attempt) {
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
  protected <Q, R> StreamSender<Q> open(
      StreamRequest<Q, R> request, StreamAttemptListener<R> attempt) {
    boolean gzip = request.compression() != Compression.NONE;
    AsciiString[] fields =
        form.of(
            request.method().requestCodec().name(),
            request.metadata(),
            request.attempt(),
            request.criticality(),
            request.trace(),
            gzip);
    StreamExchange<Q, R> call = new StreamExchange<>(this, request, fields, gzip, attempt);
    outbox.put(call);
    return call;
  }

  @Override
  protected void close() {
    occupancy.close();
    if (dialer.loop().inEventLoop()) {
      dialer.close();
    } else {
      dialer.loop().execute(dialer::close);
    }
  }

  Limits limits() {
    return limits;
  }

  Outbox outbox() {
    return outbox;
  }

  @Override
  protected EventLoop loop() {
    return dialer.loop();
  }

  /** A call that entered has ended. */
  void leave() {
    occupancy.leave();
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
  public void ready(GrpcClientLink link) {
    dialer.ready(link);
  }

  @Override
  public void streams(int most) {
    streams = Math.min(limits.inFlightPerConnection(), most);
    if (dialer.state() == ConnectionState.READY) {
      occupancy.open(streams);
    }
  }

  @Override
  public void goingAway(GrpcClientLink link, String reason) {
    dialer.replace(link, reason);
  }

  @Override
  public void lost(GrpcClientLink link, String reason) {
    dialer.lost(link, reason);
  }

  @Override
  public void stateChanged(ConnectionState state, String cause, @Nullable LinkFault fault) {
    if (state == ConnectionState.READY) {
      occupancy.open(streams);
    } else {
      occupancy.close();
    }
    group.stateChanged(this, state, cause, fault);
    releaseWaiting();
  }

  @Override
  public void attempted(boolean connected) {
    group.attempted(connected);
  }

  @Override
  public void disconnected(@Nullable LinkFault fault) {
    group.disconnected(fault);
  }

  @Override
  public void peerIsClearspan() {
    peerIsClearspan = true;
  }

  private GrpcClientLink newLink() {
    return new GrpcClientLink(address, limits, form, peerIsClearspan, this);
  }

  private <Q, R> UnaryExchange<R> encoded(
      AttemptRequest<Q, R> request, AttemptListener<R> attempt) {
    boolean gzip = request.compression() != Compression.NONE;
    AsciiString[] fields =
        form.of(
            request.method().requestCodec().name(),
            request.metadata(),
            request.attempt(),
            request.criticality(),
            request.trace(),
            gzip);
    ByteBuf message =
        MessageFrame.encode(
            request.method().requestCodec(), request.message(), gzip, limits.messageBytes());
    return new UnaryExchange<>(this, request, fields, message, attempt);
  }

  private void releaseWaiting() {
    if (!waiting.isEmpty()) {
      List<ClientStream<?>> calls = waiting;
      waiting = new ArrayList<>();
      calls.forEach(this::write);
      dialer.flush();
    }
  }
}
