package dev.clearspan.rpc.client;

import dev.clearspan.rpc.Metadata;
import dev.clearspan.rpc.Status;
import dev.clearspan.rpc.fault.Fault;
import dev.clearspan.rpc.ledger.AttemptKind;
import dev.clearspan.rpc.ledger.CallEvent;
import dev.clearspan.rpc.ledger.CallLedger;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * One call on its way through a {@link Detour}: its share is drawn once for all attempts, and it
 * meets at most one fault. Used by whoever moves the call's {@link Course}.
 */
final class Passage {
  private final Course course;
  private final ChannelCore core;
  private final CallLedger.ClientCall ledger;
  private final @Nullable Fault fault;
  private final double drawn;
  private boolean heldBack;

  /** {@code next} is what the call is about to make: only a first attempt meets a fault. */
  Passage(
      Course course,
      ChannelCore core,
      CallLedger.ClientCall ledger,
      Detour detour,
      AttemptKind next) {
    RandomGenerator random = core.settings().random();
    this.course = course;
    this.core = core;
    this.ledger = ledger;
    this.fault =
        next == AttemptKind.FIRST
            ? detour.draw(core.settings().wallClock().instant(), random)
            : null;
    this.drawn = random.nextDouble();
  }

  /** Makes the next attempt, or waits, or ends the call, as the detour says. */
  void take(Detour detour, MethodRoute whole, Metadata sent, AttemptKind kind) {
    Fault met = fault;
    if (met != null && met.delayNanos() > 0 && !heldBack) {
      heldBack = true;
      tell(met, "delay", whole);
      course.holdBack(met.delayNanos(), "in a delay injected " + met.origin());
    } else if (met != null && met.abort() != null) {
      tell(met, "abort", whole);
      Status status = met.status();
      course.traveller.failed(
          Failure.local(status.code(), status.message(), Pipeline.FAULT, "fault_injected"));
    } else {
      follow(detour.way(sent, drawn), whole, kind);
    }
  }

  /** The endpoints that the next hedge may go to. */
  MethodRoute among(Detour detour, MethodRoute whole, Metadata sent) {
    Detour.Way way = detour.way(sent, drawn);
    if (way == null) {
      return whole;
    }
    return way.route().size() > 0 || way.split().strict() ? way.route() : whole;
  }

  private void tell(Fault met, String kind, MethodRoute whole) {
    ChannelCounters.count(core.counters().faults, new ChannelCounters.Kind(whole.method(), kind));
    ledger.event(new CallEvent.FaultInjected(kind, met.origin()));
  }

  private void follow(Detour.@Nullable Way way, MethodRoute whole, AttemptKind kind) {
    MethodRoute part = way == null || way.route().size() == 0 ? null : way.route();
    if (part != null && course.tryOne(part, kind)) {
      return;
    }
    if (way == null || !way.split().strict()) {
      course.anywhere(whole, kind);
    } else if (part != null) {
      course.notPermitted(part);
    } else {
      course.nowhereToGo(
          Refusal.noEndpoint(
              "no usable instance of %s has %s, and the route to them is strict"
                  .formatted(core.settings().service(), way.split().description())));
    }
  }
}
