package dev.clearspan.rpc.internal.netty;

import dev.clearspan.rpc.internal.netty.Seats.Seat;
import dev.clearspan.rpc.internal.transport.ConnectionState;
import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Decides how many connections an endpoint has, and puts together its state. Confined to one event
 * loop, its home, on which the first connection lives; news from elsewhere is brought there.
 *
 * <p>Grows when the connections are three quarters full, by as many as the calls there are need,
 * and by one when a loop has no time left. Shrinks by what was unused for half a minute, and by
 * what is lost while others serve. If none serves, a single one goes on dialling: who is gone is
 * asked by one, not by four.
 */
final class GroupKeeper {
  private static final int IDLE_LOOKS = 6;

  private final EventLoops loops;
  private final EventLoop home;
  private final Function<EventLoop, GroupMember> maker;
  private final int most;
  private final long lookNanos;
  private final Owner owner;
  private final Seats seats = new Seats();
  private final List<GroupMember> retired = new ArrayList<>();
  private final Backoff backoff = new Backoff();

  /** Set while nobody needs to ask for growth: it is under way, put off or not possible. */
  private final AtomicBoolean asked = new AtomicBoolean();

  private boolean putOff;
  private boolean looking;
  private boolean closed;

  /** Hears of what the keeper decides, on its home loop. */
  interface Owner {
    int waitingCalls();

    /** Calls go to these from now on; at least one. */
    void membersAre(GroupMember[] members);

    void stateIs(ConnectionState state, String cause);
  }

  /**
   * A keeper of one connection that does nothing yet.
   *
   * @param maker makes a connection on a loop
   * @param most connections
   * @param idle time without calls after which a connection that is not the last is closed
   */
  GroupKeeper(
      EventLoops loops,
      Function<EventLoop, GroupMember> maker,
      int most,
      Duration idle,
      Owner owner) {
    this.loops = loops;
    this.home = loops.next();
    this.maker = maker;
    this.most = most;
    this.lookNanos = idle.toNanos() / IDLE_LOOKS;
    this.owner = owner;
    seats.add(maker.apply(home));
    asked.set(true);
  }

  /** What calls go to until {@link Owner#membersAre} is told otherwise. */
  GroupMember[] first() {
    return seats.members();
  }

  void start() {
    seats.last().member.start();
  }

  /** The connections are crowded, or calls wait. Any thread, often. */
  void crowded() {
    if (!asked.get() && asked.compareAndSet(false, true)) {
      home.execute(this::grow);
    }
  }

  /** A connection more would help, whatever the others carry. Any thread. */
  void relieve() {
    home.execute(() -> growTo(isGrowing() ? 0 : seats.size() + 1));
  }

  /** A member is in another state; on its loop. */
  void memberChanged(
      GroupMember member, ConnectionState state, String cause, @Nullable LinkFault fault) {
    if (home.inEventLoop()) {
      changed(member, state, cause, fault);
    } else {
      home.execute(() -> changed(member, state, cause, fault));
    }
  }

  /** Closes all connections. Any thread. */
  void close() {
    home.execute(
        () -> {
          closed = true;
          owner.stateIs(ConnectionState.CLOSED, "closed by us");
          List.of(seats.members()).forEach(GroupMember::close);
          retired.forEach(GroupMember::close);
        });
  }

  private void changed(
      GroupMember member, ConnectionState state, String cause, @Nullable LinkFault fault) {
    Seat seat = seats.of(member);
    if (closed) {
      return;
    }
    if (seat == null) {
      closeRetired();
      return;
    }
    seat.state = state;
    seat.cause = cause;
    if (state == ConnectionState.READY) {
      ready(seat);
    } else if (state == ConnectionState.UNREACHABLE) {
      lost(seat, fault);
    }
    publish();
    if (owner.waitingCalls() > 0) {
      crowded();
    }
  }

  /** A server that is back does not drain any more. */
  private void ready(Seat seat) {
    seat.wasReady = true;
    backoff.reset();
    retireAll(other -> other.state == ConnectionState.DRAINING);
    askAgain();
  }

  /** Keeps what serves; if nothing does, keeps the lost one, which dials again. */
  private void lost(Seat lost, @Nullable LinkFault fault) {
    if (fault == LinkFault.SILENT) {
      // Nobody has heard of the others lately either. Those with calls find out by themselves.
      retireAll(seat -> seat != lost && seat.isReady() && !seat.hasCalls());
    }
    if (seats.any(Seat::isReady)) {
      retire(lost);
      if (!lost.wasReady) {
        putOffGrowth();
      }
    } else {
      retireAll(seat -> seat != lost);
    }
  }

  private void grow() {
    if (!growTo(seats.wanted(owner.waitingCalls()))
        && seats.size() < most
        && !putOff
        && !isGrowing()) {
      asked.set(false);
    }
  }

  private boolean growTo(int wanted) {
    int target = Math.min(most, wanted);
    boolean grows = !closed && !putOff && target > seats.size();
    while (grows && seats.size() < target) {
      GroupMember member = maker.apply(loops.leastBusy(seats.loops()));
      seats.add(member);
      member.start();
    }
    if (grows) {
      publish();
      lookLater();
    }
    return grows;
  }

  private boolean isGrowing() {
    return seats.any(seat -> seat.state == ConnectionState.CONNECTING);
  }

  /** A connection could not be made; one that refuses it now will do so again. */
  private void putOffGrowth() {
    putOff = true;
    home.schedule(
        () -> {
          putOff = false;
          askAgain();
        },
        backoff.nextNanos(),
        TimeUnit.NANOSECONDS);
  }

  private void askAgain() {
    if (!putOff && seats.size() < most) {
      asked.set(false);
    }
  }

  private void lookLater() {
    if (!looking && (seats.size() > 1 || !retired.isEmpty())) {
      looking = true;
      long jitter = ThreadLocalRandom.current().nextLong(lookNanos / 2 + 1);
      home.schedule(this::look, lookNanos - lookNanos / 4 + jitter, TimeUnit.NANOSECONDS);
    }
  }

  private void look() {
    looking = false;
    if (closed) {
      return;
    }
    closeRetired();
    for (Seat seat : seats.where(all -> true)) {
      seat.idleLooks = seat.isReady() && !seat.hasCalls() ? seat.idleLooks + 1 : 0;
    }
    Seat last = seats.last();
    if (seats.size() > 1 && last.idleLooks >= IDLE_LOOKS) {
      retire(last);
      publish();
    }
    lookLater();
  }

  /** Closes those without calls: whoever chose one before it was retired has entered by now. */
  private void closeRetired() {
    List<GroupMember> unused =
        retired.stream().filter(member -> member.occupancy.calls() == 0).toList();
    retired.removeAll(unused);
    unused.forEach(GroupMember::close);
  }

  private void retireAll(Predicate<Seat> chosen) {
    seats.where(chosen).forEach(this::retire);
  }

  private void retire(Seat seat) {
    seats.remove(seat);
    if (seat.isReady() || seat.hasCalls()) {
      retired.add(seat.member);
    } else {
      seat.member.close();
    }
    askAgain();
    lookLater();
  }

  private void publish() {
    owner.membersAre(seats.members());
    Seat told = seats.spokesman();
    owner.stateIs(told.state, told.cause);
  }
}
