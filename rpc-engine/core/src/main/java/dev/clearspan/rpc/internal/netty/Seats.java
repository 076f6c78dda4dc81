package dev.clearspan.rpc.internal.netty;

import dev.clearspan.rpc.internal.transport.ConnectionState;
import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The connections that an endpoint's calls go to, at least one, each with what it has last told.
 * Confined to the group's home loop.
 */
final class Seats {
  private final List<Seat> seats = new ArrayList<>();

  /** A member and its state. */
  static final class Seat {
    final GroupMember member;
    ConnectionState state = ConnectionState.CONNECTING;
    String cause = "";
    boolean wasReady;

    /** Looks in a row that found it without calls. */
    int idleLooks;

    Seat(GroupMember member) {
      this.member = member;
    }

    boolean isReady() {
      return state == ConnectionState.READY;
    }

    boolean hasCalls() {
      return member.occupancy.calls() > 0;
    }
  }

  void add(GroupMember member) {
    seats.add(new Seat(member));
  }

  void remove(Seat seat) {
    seats.remove(seat);
  }

  int size() {
    return seats.size();
  }

  Seat last() {
    return seats.get(seats.size() - 1);
  }

  List<Seat> where(Predicate<Seat> chosen) {
    return seats.stream().filter(chosen).toList();
  }

  boolean any(Predicate<Seat> chosen) {
    return seats.stream().anyMatch(chosen);
  }

  @Nullable Seat of(GroupMember member) {
    for (Seat seat : seats) {
      if (seat.member == member) {
        return seat;
      }
    }
    return null;
  }

  GroupMember[] members() {
    return seats.stream().map(seat -> seat.member).toArray(GroupMember[]::new);
  }

  Set<EventLoop> loops() {
    return seats.stream().map(seat -> seat.member.loop()).collect(Collectors.toSet());
  }

  /** Whose state is the endpoint's: a server that goes says so once for all its connections. */
  Seat spokesman() {
    for (ConnectionState state :
        List.of(ConnectionState.DRAINING, ConnectionState.READY, ConnectionState.CONNECTING)) {
      for (Seat seat : seats) {
        if (seat.state == state) {
          return seat;
        }
      }
    }
    return seats.get(0);
  }

  /** How many connections these calls and those that wait would leave three quarters full. */
  int wanted(int waiting) {
    int streams = seats.stream().mapToInt(seat -> seat.member.occupancy.most()).max().orElse(0);
    if (streams == 0) {
      return seats.size();
    }
    int calls = waiting + seats.stream().mapToInt(seat -> seat.member.occupancy.calls()).sum();
    int share = Math.max(1, Occupancy.crowdedAbove(streams));
    return (calls + share - 1) / share;
  }
}
