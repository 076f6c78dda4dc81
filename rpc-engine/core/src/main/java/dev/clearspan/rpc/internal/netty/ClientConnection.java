package dev.clearspan.rpc.internal.netty;

import dev.clearspan.rpc.Compression;
import dev.clearspan.rpc.Limits;
import dev.clearspan.rpc.MethodShape;
import dev.clearspan.rpc.ProcessIdentity;
import dev.clearspan.rpc.StreamSender;
import dev.clearspan.rpc.balance.LoadReport;
import dev.clearspan.rpc.internal.frame.Codings;
import dev.clearspan.rpc.internal.frame.Hello;
import dev.clearspan.rpc.internal.transport.AttemptRequest;
import dev.clearspan.rpc.internal.transport.ConnectionState;
import dev.clearspan.rpc.internal.transport.EndpointAddress;
import dev.clearspan.rpc.internal.transport.EndpointConnection.AttemptListener;
import dev.clearspan.rpc.internal.transport.EndpointConnection.SentAttempt;
import dev.clearspan.rpc.internal.transport.StreamAttemptListener;
import dev.clearspan.rpc.internal.transport.StreamRequest;
import java.util.ArrayList;
import java.util.List;

/**
 * A connection in Clearspan frames over its whole life: a sequence of {@link ClientLink}s, one TCP
 * connection each, that a {@link Dialer} makes. Callers touch the outbox only; everything else is
 * confined to one event loop, the same for all links.
 */
final class ClientConnection extends GroupMember implements ClientLink.Owner, PendingCall.Owner {
  private final Limits limits;
  private final Group group;
  private final Dialer<ClientLink> dialer;
  private final Outbox outbox;

  private volatile int mostInFlight;
  private volatile int mostMessageBytes;
  private volatile Codings codings = Codings.NONE;

  private List<Exchange<?>> waiting = new ArrayList<>();
  private boolean probed;

  ClientConnection(
      Connector connector,
      EndpointAddress address,
      ProcessIdentity identity,
      Limits limits,
      Group group) {
    super(group);
    this.limits = limits;
    this.group = group;
    this.dialer =
        new Dialer<>(
            connector,
            address,
            this,
            () -> new ClientLink(address, identity, limits, this, outbox()));
    this.outbox = new Outbox(dialer.loop(), dialer::flush);
    this.mostInFlight = limits.inFlightPerConnection();
    this.mostMessageBytes = limits.messageBytes();
  }

  @Override
  protected Dialer<ClientLink> dialer() {
    return dialer;
  }

  @Override
  protected int streams() {
    return mostInFlight;
  }

  /** As many as the server takes: further ones are told so, and may go elsewhere. */
  @Override
  protected int capacity() {
    return mostInFlight;
  }

  @Override
  protected <Q, R> SentAttempt send(AttemptRequest<Q, R> request, AttemptListener<R> attempt) {
    PendingCall<R> call = pending(request, attempt);
    outbox.put(call);
    return call;
  }

  @Override
  protected <Q, R> StreamSender<Q> open(
      StreamRequest<Q, R> request, StreamAttemptListener<R> attempt) {
    if (request.method().shape() == MethodShape.UNARY) {
      throw new IllegalArgumentException(
          request.method().fullName() + " is unary (expected: to be sent, not opened)");
    }
    ClientStream<Q, R> stream = new ClientStream<>(this, request, attempt);
    outbox.put(() -> write(stream));
    return stream;
  }

  @Override
  protected boolean canCollect() {
    return true;
  }

  @Override
  protected boolean collect(long[] traceIds) {
    if (dialer.state() != ConnectionState.READY) {
      return false;
    }
    outbox.put(() -> ask(traceIds));
    return true;
  }

  @Override
  protected void probing(boolean on) {
    probed = on;
    ClientLink current = dialer.link();
    if (current != null && dialer.state() == ConnectionState.READY) {
      current.probe(on);
    }
  }

  private void ask(long[] traceIds) {
    ClientLink current = dialer.link();
    if (current != null) {
      current.collect(traceIds);
    }
  }

  private Outbox outbox() {
    return outbox;
  }

  /** Has the loop run the command, and flush. Thread-safe. */
  void onLoop(Runnable command) {
    outbox.put(command);
  }

  @Override
  public void giveUp(Exchange<?> call) {
    outbox.put(() -> cancel(call));
  }

  @Override
  public void left() {
    occupancy.leave();
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
  public void ready(ClientLink link, Hello peer) {
    mostInFlight = Math.min(limits.inFlightPerConnection(), peer.inFlight());
    mostMessageBytes = Math.min(limits.messageBytes(), peer.messageBytes());
    codings = peer.codings();
    link.probe(probed);
    dialer.ready(link);
  }

  @Override
  public void loaded(LoadReport report) {
    group.loaded(report);
  }

  @Override
  public void draining(String reason) {
    dialer.draining(reason);
  }

  @Override
  public void renewing(ClientLink link) {
    dialer.renew(link);
  }

  @Override
  public void replaced(ClientLink link, String reason) {
    dialer.replace(link, reason);
  }

  @Override
  public void lost(ClientLink link, String reason) {
    dialer.lost(link, reason);
  }

  private <Q, R> PendingCall<R> pending(AttemptRequest<Q, R> request, AttemptListener<R> attempt) {
    try {
      int payloadBytes = RequestEncoder.sizeOf(request, mostMessageBytes);
      return new PendingCall<>(
          request.method(),
          request.deadline(),
          RequestEncoder.encode(request, payloadBytes, codings),
          payloadBytes,
          attempt,
          this);
    } catch (RuntimeException e) {
      occupancy.leave();
      throw e;
    }
  }

  @Override
  public void write(Exchange<?> call) {
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

  private void cancel(Exchange<?> call) {
    assert dialer.loop().inEventLoop();
    ClientLink sentOn = call.sentOn;
    if (call.hasEnded() || sentOn != null && sentOn.cancel(call)) {
      return;
    }
    waiting.remove(call);
    call.cancelled();
  }

  @Override
  protected void releaseWaiting() {
    if (!waiting.isEmpty()) {
      List<Exchange<?>> calls = waiting;
      waiting = new ArrayList<>();
      calls.forEach(this::write);
      dialer.flush();
    }
  }
}
