package dev.clearspan.simulate.world;

import dev.clearspan.rpc.Criticality;
import dev.clearspan.rpc.Metadata;
import dev.clearspan.rpc.Status;
import dev.clearspan.rpc.network.Exchange;
import dev.clearspan.rpc.server.Place;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** An exchange's way to a server, through it, and back: one object that is its next event. */
final class Visit implements Runnable {
  private static final byte[] EMPTY = {};

  private final SimulatedServer server;
  private final int incarnation;
  private final SimulatedLine line;
  private final Exchange exchange;
  private Stage stage = Stage.ON_THE_WAY;
  private @Nullable Place place;
  private @Nullable Status status;
  private Metadata metadata = Metadata.EMPTY;
  private long arrivedNanos;
  private long begunNanos;
  private long endedNanos;

  private enum Stage {
    ON_THE_WAY,
    WAITING,
    IN_HANDLER,
    REFUSED,
    ANSWERED
  }

  Visit(SimulatedServer server, SimulatedLine line, Exchange exchange) {
    this.server = server;
    this.incarnation = server.incarnation();
    this.line = line;
    this.exchange = exchange;
  }

  Criticality criticality() {
    return exchange.criticality();
  }

  long arrivedNanos() {
    return arrivedNanos;
  }

  long begunNanos() {
    return begunNanos;
  }

  /** Whether nobody waits for the answer any more. */
  boolean isExpired(long now) {
    return exchange.isOver() || leftNanos(now) <= 0;
  }

  /** Until its deadline. */
  long leftNanos(long now) {
    return exchange.deadlineNanos() - now;
  }

  /** It was admitted, and must leave. */
  void holds(Place admission) {
    place = admission;
  }

  void leave() {
    Objects.requireNonNull(place, "place").leave();
  }

  void beginHandler(long now) {
    begunNanos = now;
    stage = Stage.IN_HANDLER;
  }

  void succeeded() {
    answer(Stage.ANSWERED, null);
  }

  void failed(Status with) {
    answer(Stage.ANSWERED, with);
  }

  void refused(Status with, Metadata also) {
    metadata = also;
    answer(Stage.REFUSED, with);
  }

  void lost(String cause) {
    exchange.lose(cause);
  }

  @Override
  public void run() {
    if (incarnation != server.incarnation()) {
      lost("the server has restarted");
      return;
    }
    switch (stage) {
      case ON_THE_WAY -> arrive();
      case IN_HANDLER -> server.handled(this);
      case REFUSED, ANSWERED -> tell();
      case WAITING -> throw new IllegalStateException("an event for a call that waits in line");
    }
  }

  private void arrive() {
    stage = Stage.WAITING;
    arrivedNanos = line.now();
    begunNanos = arrivedNanos;
    server.arrived(this);
  }

  private void answer(Stage next, @Nullable Status with) {
    stage = next;
    status = with;
    endedNanos = line.now();
    line.carry(this);
  }

  private void tell() {
    Status told = status;
    if (told == null) {
      exchange.reply(EMPTY, endedNanos - arrivedNanos, begunNanos - arrivedNanos);
    } else if (stage == Stage.REFUSED) {
      exchange.refuse(told, metadata);
    } else {
      exchange.fail(told, endedNanos - arrivedNanos, begunNanos - arrivedNanos);
    }
  }
}
