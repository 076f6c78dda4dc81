package dev.clearspan.simulate.world;

import dev.clearspan.rpc.Limit;
import dev.clearspan.rpc.Metadata;
import dev.clearspan.rpc.Status;
import dev.clearspan.rpc.server.Admission;
import dev.clearspan.rpc.server.CallGate;
import dev.clearspan.rpc.server.Place;
import dev.clearspan.rpc.server.Refusal;
import dev.clearspan.simulate.measure.ServerSeries;
import java.util.ArrayDeque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * A server: calls are admitted by production's gate, wait in line for one of its workers, take
 * their time, and fail or not. Calls whose deadline passed or whose caller gave up are not run.
 */
public final class SimulatedServer {
  private static final int PORT = 9090;

  /** Time a server stays reachable after its last call, so that all have heard that it drains. */
  private static final long LINGER_NANOS = VirtualTime.SECOND;

  private final int index;
  private final VirtualTime time;
  private final RandomGenerator random;
  private final ServerSettings settings;
  private final ServiceTime serviceTime;
  private final ServerSeries series;
  private final Set<SimulatedLine> lines = new LinkedHashSet<>();
  private final ArrayDeque<Visit> waiting = new ArrayDeque<>();
  private CallGate gate;
  private State state = State.DOWN;
  private int incarnation;
  private int busy;
  private double slowness = 1;
  private double failureShare;

  /** Whether it takes calls. */
  public enum State {
    DOWN,
    UP,
    DRAINING
  }

  SimulatedServer(
      int index,
      VirtualTime time,
      RandomGenerator random,
      ServerSettings settings,
      ServerSeries series) {
    this.index = index;
    this.time = time;
    this.random = random;
    this.settings = settings;
    this.serviceTime = new ServiceTime(settings);
    this.series = series;
    this.gate = newGate();
  }

  /** Of the network 10.0.0.0/16. */
  String host() {
    return "10.0." + index / 250 + "." + (index % 250 + 1);
  }

  int port() {
    return PORT;
  }

  State state() {
    return state;
  }

  /** Random for each start in production; counted here. */
  int incarnation() {
    return incarnation;
  }

  /** How much longer handlers take than usual; 1: as usual. */
  public void slowness(double factor) {
    slowness = factor;
  }

  /** The share of calls that fail with UNAVAILABLE, 0 to 1. */
  public void failureShare(double share) {
    failureShare = share;
  }

  /** Starts anew: a server that was there before is another one now. */
  void start() {
    incarnation++;
    state = State.UP;
    gate = newGate();
  }

  private CallGate newGate() {
    return new CallGate((int) Limit.IN_FLIGHT.standard(), time);
  }

  /** Takes no new calls; once those it has are over, {@code then} runs and it is gone. */
  void drain(Runnable then) {
    state = State.DRAINING;
    List.copyOf(lines).forEach(line -> line.draining("the server is draining"));
    stopWhenIdle(then);
  }

  private void stopWhenIdle(Runnable then) {
    time.after(
        LINGER_NANOS,
        () -> {
          if (busy > 0 || !waiting.isEmpty()) {
            stopWhenIdle(then);
          } else {
            stop();
            then.run();
          }
        });
  }

  private void stop() {
    state = State.DOWN;
    List<SimulatedLine> open = List.copyOf(lines);
    lines.clear();
    open.forEach(line -> line.unreachable("connection reset"));
  }

  void connected(SimulatedLine line) {
    lines.add(line);
  }

  void disconnected(SimulatedLine line) {
    lines.remove(line);
  }

  /** A request has come. */
  void arrived(Visit visit) {
    if (state == State.DOWN) {
      visit.lost("connection reset");
    } else if (state == State.DRAINING) {
      visit.refused(Status.of(Status.Code.UNAVAILABLE, "draining"), Metadata.EMPTY);
    } else {
      admit(visit);
    }
  }

  private void admit(Visit visit) {
    series.arrived(time.nanos());
    Admission admission = gate.admit(true, visit.criticality());
    if (admission instanceof Refusal refusal) {
      visit.refused(refusal.status(), refusal.metadata());
    } else if (admission instanceof Place place) {
      series.inFlight(time.nanos(), 1);
      visit.holds(place);
      queueOrBegin(visit);
    }
  }

  private void queueOrBegin(Visit visit) {
    if (busy < settings.workers()) {
      begin(visit);
    } else {
      waiting.add(visit);
    }
  }

  /** A worker takes the call: the gate is told, and asked, in the order of production's servers. */
  private void begin(Visit visit) {
    long now = time.nanos();
    gate.started(visit.arrivedNanos(), now);
    if (visit.isExpired(now)) {
      gate.ended(true, -1, now);
      leave(visit);
      visit.failed(Status.of(Status.Code.DEADLINE_EXCEEDED, "expired in the queue"));
      return;
    }
    Refusal late =
        gate.tooLate(visit.criticality(), now - visit.arrivedNanos(), visit.leftNanos(now));
    if (late != null) {
      leave(visit);
      visit.refused(late.status(), late.metadata());
      return;
    }
    busy++;
    visit.beginHandler(now);
    time.after((long) (serviceTime.nanos(random) * slowness), visit);
  }

  /** A handler is done. */
  void handled(Visit visit) {
    long now = time.nanos();
    busy--;
    gate.ended(visit.isExpired(now), now - visit.begunNanos(), now);
    leave(visit);
    if (failureShare > 0 && random.nextDouble() < failureShare) {
      visit.failed(Status.of(Status.Code.UNAVAILABLE, "injected"));
    } else {
      visit.succeeded();
    }
    while (busy < settings.workers() && !waiting.isEmpty()) {
      begin(waiting.poll());
    }
  }

  private void leave(Visit visit) {
    series.inFlight(time.nanos(), -1);
    visit.leave();
  }
}
