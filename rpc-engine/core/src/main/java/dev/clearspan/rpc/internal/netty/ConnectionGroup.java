package dev.clearspan.rpc.internal.netty;

import dev.clearspan.rpc.Limits;
import dev.clearspan.rpc.MethodShape;
import dev.clearspan.rpc.Status;
import dev.clearspan.rpc.StreamSender;
import dev.clearspan.rpc.balance.LoadReport;
import dev.clearspan.rpc.internal.transport.AttemptRequest;
import dev.clearspan.rpc.internal.transport.AttemptResult;
import dev.clearspan.rpc.internal.transport.ConnectionListener;
import dev.clearspan.rpc.internal.transport.ConnectionState;
import dev.clearspan.rpc.internal.transport.EndpointAddress;
import dev.clearspan.rpc.internal.transport.EndpointConnection;
import dev.clearspan.rpc.internal.transport.StreamAttemptListener;
import dev.clearspan.rpc.internal.transport.StreamRequest;
import dev.clearspan.rpc.internal.transport.UnaryAsStream;
import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An endpoint's connections: one from the start, and more, up to a limit, as it needs them. A call
 * goes to the ready one with the fewest calls; if all are full it waits, until one has room or
 * another has been made. {@link GroupKeeper} decides how many there are. Thread-safe.
 */
public final class ConnectionGroup
    implements EndpointConnection, GroupMember.Group, GroupKeeper.Owner, LoopRelief.Relievable {
  /** Time without calls after which a connection that is not the last is closed. */
  public static final Duration IDLE = Duration.ofSeconds(30);

  private static final Logger LOG = LoggerFactory.getLogger(ConnectionGroup.class);

  private final EventLoops loops;
  private final EndpointAddress address;
  private final Limits limits;
  private final ConnectionListener listener;
  private final Consumer<ConnectionGroup> onClosed;
  private final boolean unaryAsStreams;
  private final WaitingRoom room = new WaitingRoom(this::enterForWaiting);
  private final GroupKeeper keeper;
  private volatile GroupMember[] members;
  private volatile ConnectionState state = ConnectionState.CONNECTING;
  private volatile String cause = "";
  private volatile @Nullable LoadReport load;
  private volatile boolean probed;

  /** Makes an endpoint's connections. */
  @FunctionalInterface
  public interface Maker {
    /** A connection that lives on this loop and does nothing yet. */
    GroupMember make(EventLoop loop, GroupMember.Group group);
  }

  /**
   * A group that does nothing before {@link #start}.
   *
   * @param unaryAsStreams whether unary methods that are opened as streams are sent as calls
   * @param idle time without calls after which a connection that is not the last is closed
   * @param onClosed hears when it is closed
   */
  public ConnectionGroup(
      EventLoops loops,
      EndpointAddress address,
      Limits limits,
      Maker maker,
      boolean unaryAsStreams,
      Duration idle,
      ConnectionListener listener,
      Consumer<ConnectionGroup> onClosed) {
    this.loops = loops;
    this.address = address;
    this.limits = limits;
    this.listener = listener;
    this.onClosed = onClosed;
    this.unaryAsStreams = unaryAsStreams;
    this.keeper =
        new GroupKeeper(
            loops, loop -> maker.make(loop, this), limits.connectionsPerEndpoint(), idle, this);
    this.members = keeper.first();
  }

  /** Begins to connect. */
  public void start() {
    loops.relief().add(this);
    keeper.start();
  }

  @Override
  public ConnectionState state() {
    return state;
  }

  @Override
  public int inFlight() {
    int calls = room.size();
    for (GroupMember member : members) {
      calls += member.occupancy.calls();
    }
    return calls;
  }

  @Override
  public @Nullable LoadReport loadReport() {
    return load;
  }

  @Override
  public int open() {
    int ready = 0;
    for (GroupMember member : members) {
      ready += member.state() == ConnectionState.READY ? 1 : 0;
    }
    return ready;
  }

  @Override
  public <Q, R> SentAttempt send(AttemptRequest<Q, R> request, AttemptListener<R> attempt) {
    GroupMember member = leastLoaded();
    return member.occupancy.enter() ? member.send(request, attempt) : waiting(request, attempt);
  }

  @Override
  public <Q, R> StreamSender<Q> open(
      StreamRequest<Q, R> request, StreamAttemptListener<R> attempt) {
    if (unaryAsStreams && request.method().shape() == MethodShape.UNARY) {
      return new UnaryAsStream<>(this, request, attempt);
    }
    GroupMember member = leastLoaded();
    return member.occupancy.enter() ? member.open(request, attempt) : waiting(request, attempt);
  }

  @Override
  public boolean canCollect() {
    return leastLoaded().canCollect();
  }

  @Override
  public boolean collect(long[] traceIds) {
    return leastLoaded().collect(traceIds);
  }

  @Override
  public void probe(boolean on) {
    probed = on;
    for (GroupMember member : members) {
      member.probe(on);
    }
  }

  @Override
  public void close() {
    // At once: a call that comes now would otherwise be sent, and lost when the loop gets here.
    for (GroupMember member : members) {
      member.occupancy.close();
    }
    keeper.close();
  }

  @Override
  public int callsOn(EventLoop loop) {
    int calls = 0;
    for (GroupMember member : members) {
      calls += member.loop() == loop ? member.occupancy.calls() : 0;
    }
    return calls;
  }

  @Override
  public void relieve() {
    keeper.relieve();
  }

  // What the members tell.

  @Override
  public boolean crowded() {
    keeper.crowded();
    return room.size() > 0;
  }

  @Override
  public void roomMade() {
    room.serve();
  }

  @Override
  public void stateChanged(
      GroupMember member, ConnectionState now, String why, @Nullable LinkFault fault) {
    keeper.memberChanged(member, now, why, fault);
  }

  @Override
  public void attempted(boolean connected) {
    listener.attempted(connected);
  }

  @Override
  public void loaded(LoadReport report) {
    load = report;
  }

  @Override
  public void served(boolean serving) {
    listener.served(serving);
  }

  @Override
  public void disconnected(@Nullable LinkFault fault) {
    listener.disconnected(fault == null ? "" : fault.key());
  }

  // What the keeper tells.

  @Override
  public int waitingCalls() {
    return room.size();
  }

  @Override
  public void membersAre(GroupMember[] now) {
    members = now;
    if (probed) {
      probe(true);
    }
    room.serve();
  }

  @Override
  public void stateIs(ConnectionState now, String why) {
    if (now == state && why.equals(cause)) {
      return;
    }
    cause = why;
    state = now;
    try {
      listener.stateChanged(now, why);
    } catch (RuntimeException | AssertionError e) {
      LOG.error("listener of the connection to {} failed", address.authority(), e);
    }
    if (now == ConnectionState.CLOSED) {
      loops.relief().remove(this);
      onClosed.accept(this);
    }
    if (isOut(now)) {
      room.dismiss(unavailable());
    } else {
      room.serve();
    }
  }

  private GroupMember leastLoaded() {
    GroupMember[] all = members;
    return all.length == 1 ? all[0] : GroupMember.leastLoaded(all);
  }

  private @Nullable GroupMember enterForWaiting() {
    GroupMember member = leastLoaded();
    return member.occupancy.enterFirst() ? member : null;
  }

  private <Q, R> SentAttempt waiting(AttemptRequest<Q, R> request, AttemptListener<R> attempt) {
    Status refusal = refusal();
    if (refusal != null) {
      attempt.ended(new AttemptResult.NotSent<>(refusal));
      return () -> {};
    }
    int unused = RequestEncoder.sizeOf(request, limits.messageBytes());
    WaitingAttempt<Q, R> call = new WaitingAttempt<>(request, attempt, room);
    add(call);
    return call;
  }

  private <Q, R> StreamSender<Q> waiting(
      StreamRequest<Q, R> request, StreamAttemptListener<R> attempt) {
    Status refusal = refusal();
    if (refusal != null) {
      attempt.ended(new AttemptResult.NotSent<>(refusal));
      return new Unsent<>();
    }
    WaitingStream<Q, R> call = new WaitingStream<>(request, attempt, room, limits.messageBytes());
    add(call);
    return call;
  }

  private void add(WaitingCall call) {
    room.add(call);
    keeper.crowded();
    if (isOut(state)) {
      room.dismiss(unavailable());
    }
  }

  /** Why a call that found no room cannot wait either, or null. */
  private @Nullable Status refusal() {
    if (isOut(state)) {
      return unavailable();
    }
    int most = limits.connectionsPerEndpoint() * members[0].capacity();
    int calls = inFlight();
    return calls < most
        ? null
        : Status.of(
            Status.Code.RESOURCE_EXHAUSTED,
            "calls in flight to %s: %d (expected: < %d)"
                .formatted(address.authority(), calls, most));
  }

  private Status unavailable() {
    return Status.of(Status.Code.UNAVAILABLE, address.authority() + " is " + state + ": " + cause);
  }

  private static boolean isOut(ConnectionState state) {
    return state != ConnectionState.READY && state != ConnectionState.CONNECTING;
  }
}
