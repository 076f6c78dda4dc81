package dev.clearspan.rpc.internal.http2;

import dev.clearspan.rpc.Compression;
import dev.clearspan.rpc.Limits;
import dev.clearspan.rpc.ProcessIdentity;
import dev.clearspan.rpc.StreamSender;
import dev.clearspan.rpc.internal.netty.Connector;
import dev.clearspan.rpc.internal.netty.Dialer;
import dev.clearspan.rpc.internal.netty.GroupMember;
import dev.clearspan.rpc.internal.netty.Outbox;
import dev.clearspan.rpc.internal.transport.AttemptRequest;
import dev.clearspan.rpc.internal.transport.ConnectionState;
import dev.clearspan.rpc.internal.transport.EndpointAddress;
import dev.clearspan.rpc.internal.transport.EndpointConnection.AttemptListener;
import dev.clearspan.rpc.internal.transport.EndpointConnection.SentAttempt;
import dev.clearspan.rpc.internal.transport.StreamAttemptListener;
import dev.clearspan.rpc.internal.transport.StreamRequest;
import io.netty.buffer.ByteBuf;
import io.netty.util.AsciiString;
import java.util.ArrayList;
import java.util.List;

/**
 * A connection in gRPC over its whole life: a sequence of {@link GrpcClientLink}s, one HTTP/2
 * connection each, that a {@link Dialer} makes. When a server sends one away, its calls end there
 * while new ones use the next. Callers encode and touch the outbox; everything else is confined to
 * one event loop, the same for all links.
 */
final class GrpcConnection extends GroupMember implements GrpcLinkOwner {
  private final EndpointAddress address;
  private final Limits limits;
  private final RequestFields form;
  private final Dialer<GrpcClientLink> dialer;
  private final Outbox outbox;

  private List<ClientStream<?>> waiting = new ArrayList<>();
  private final boolean healthChecks;
  private final ServerHealth health;
  private boolean peerIsClearspan;
  private boolean probed;
  private int streams;

  GrpcConnection(
      Connector connector,
      EndpointAddress address,
      ProcessIdentity identity,
      Limits limits,
      boolean healthChecks,
      Group group) {
    super(group);
    this.address = address;
    this.limits = limits;
    this.streams = limits.inFlightPerConnection();
    this.form = new RequestFields(identity);
    this.dialer = new Dialer<>(connector, address, this, this::newLink);
    this.outbox = new Outbox(dialer.loop(), dialer::flush);
    this.healthChecks = healthChecks;
    this.health = new ServerHealth(this, group::served);
  }

  @Override
  protected Dialer<GrpcClientLink> dialer() {
    return dialer;
  }

  @Override
  protected int streams() {
    return streams;
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
    StreamExchange<Q, R> call = new StreamExchange<>(this, request, attempt);
    outbox.put(call);
    return call;
  }

  /** The header fields of a stream. */
  AsciiString[] fields(StreamRequest<?, ?> request, boolean gzip) {
    return form.of(
        request.method().requestCodec().name(),
        request.metadata(),
        request.attempt(),
        request.criticality(),
        request.trace(),
        gzip);
  }

  Limits limits() {
    return limits;
  }

  Outbox outbox() {
    return outbox;
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
  protected void probing(boolean on) {
    probed = on;
    GrpcClientLink current = dialer.link();
    if (current != null && dialer.state() == ConnectionState.READY) {
      current.probe(on);
    }
  }

  @Override
  public void ready(GrpcClientLink link) {
    link.probe(probed);
    dialer.ready(link);
    if (healthChecks && !peerIsClearspan) {
      health.follow(link);
    }
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
    health.leave(link);
    dialer.replace(link, reason);
  }

  @Override
  public void lost(GrpcClientLink link, String reason) {
    health.leave(link);
    dialer.lost(link, reason);
  }

  /** A server of ours tells how it is in the registry. */
  @Override
  public void peerIsClearspan() {
    peerIsClearspan = true;
    health.stop();
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

  @Override
  protected void releaseWaiting() {
    if (!waiting.isEmpty()) {
      List<ClientStream<?>> calls = waiting;
      waiting = new ArrayList<>();
      calls.forEach(this::write);
      dialer.flush();
    }
  }
}
