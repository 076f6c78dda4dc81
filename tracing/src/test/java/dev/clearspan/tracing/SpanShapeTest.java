package dev.clearspan.tracing;

import static dev.clearspan.tracing.Shop.CHARGE;
import static dev.clearspan.tracing.Shop.NOT_FOUND;
import static dev.clearspan.tracing.Shop.PEER;
import static dev.clearspan.tracing.Shop.PLACE;
import static dev.clearspan.tracing.Shop.UNAVAILABLE;
import static dev.clearspan.tracing.Shop.attempt;
import static dev.clearspan.tracing.Shop.call;
import static dev.clearspan.tracing.Shop.ledger;
import static dev.clearspan.tracing.Shop.refused;
import static dev.clearspan.tracing.Shop.served;
import static dev.clearspan.tracing.Shop.servedUnknownMethod;
import static org.assertj.core.api.Assertions.assertThat;

import dev.clearspan.rpc.Metadata;
import dev.clearspan.rpc.Status;
import dev.clearspan.rpc.ledger.AttemptKind;
import dev.clearspan.rpc.ledger.CallEvent;
import dev.clearspan.rpc.ledger.CallLedger.Attempt;
import dev.clearspan.rpc.ledger.CallLedger.ClientCall;
import dev.clearspan.rpc.ledger.CallLedger.Scope;
import dev.clearspan.rpc.ledger.CallLedger.ServedCall;
import dev.clearspan.rpc.ledger.TraceContext;
import dev.clearspan.tracing.testing.CollectedSpan;
import dev.clearspan.tracing.testing.CollectorFixture;
import io.opentelemetry.api.trace.Span;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Which spans a call becomes, and how they hang together. */
final class SpanShapeTest {
  @RegisterExtension final CollectorFixture collector = new CollectorFixture();

  @Test
  void aCallWithOneAttemptIsOneClientSpanWhoseIdTravels() {
    TracingLedger storefront = ledger(collector, "storefront");

    ClientCall call = storefront.beginCall(PLACE, "orders");
    Attempt first = call.beginAttempt(1, AttemptKind.FIRST);
    first.end(attempt(1, AttemptKind.FIRST, Status.OK), true);
    call.end(call(1, Status.OK));

    CollectedSpan span = collector.takeSpan("storefront", "CLIENT", "shop.Orders/Place");
    assertThat(span.traceId()).isEqualTo(call.traceId());
    assertThat(span.spanId()).isEqualTo(first.wireContext().spanIdHex());
    assertThat(span.parentSpanId()).isEmpty();
    assertThat(span.attributes())
        .containsEntry("clearspan.attempts", 1L)
        .containsEntry("clearspan.outcome", "OK")
        .containsEntry("network.peer.address", "10.0.0.7")
        .containsEntry("network.peer.port", 9090L)
        .doesNotContainKeys("clearspan.attempt", "error.type");
    assertThat(span.durationNanos()).isEqualTo(5_000_000);
  }

  @Test
  void aRetriedCallIsOneLogicalSpanWithAChildPerAttempt() {
    TracingLedger storefront = ledger(collector, "storefront");

    ClientCall call = storefront.beginCall(PLACE, "orders");
    Attempt first = call.beginAttempt(1, AttemptKind.FIRST);
    first.end(attempt(1, AttemptKind.FIRST, UNAVAILABLE), false);
    Attempt second = call.beginAttempt(2, AttemptKind.RETRY);
    second.end(attempt(2, AttemptKind.RETRY, Status.OK), true);
    call.end(call(2, Status.OK));

    CollectedSpan logical =
        collector.takeSpan("logical", span -> span.attributes().containsKey("clearspan.attempts"));
    CollectedSpan failed = collector.takeSpan("failed attempt", CollectedSpan::isError);
    CollectedSpan retried = collector.takeSpans(1).get(0);
    assertThat(logical.parentSpanId()).isEmpty();
    assertThat(logical.status()).isEqualTo("UNSET");
    assertThat(logical.attributes())
        .containsEntry("clearspan.attempts", 2L)
        .containsEntry("clearspan.peer.instance", "orders-2")
        .doesNotContainKeys("error.type", "clearspan.outcome");
    assertThat(failed.parentSpanId()).isEqualTo(logical.spanId());
    assertThat(failed.spanId()).isEqualTo(first.wireContext().spanIdHex());
    assertThat(failed.attributes())
        .containsEntry("clearspan.attempt", 1L)
        .containsEntry("clearspan.attempt.kind", "first")
        .containsEntry("error.type", "UNAVAILABLE");
    assertThat(retried.parentSpanId()).isEqualTo(logical.spanId());
    assertThat(retried.spanId()).isEqualTo(second.wireContext().spanIdHex());
    assertThat(retried.attributes())
        .containsEntry("clearspan.attempt", 2L)
        .containsEntry("clearspan.attempt.kind", "retry");
    assertThat(List.of(failed.traceId(), retried.traceId())).containsOnly(call.traceId());
  }

  @Test
  void overlappingAttemptsOfAHedgedCallAreAllKept() {
    TracingLedger storefront = ledger(collector, "storefront");

    ClientCall call = storefront.beginCall(PLACE, "orders");
    Attempt first = call.beginAttempt(1, AttemptKind.FIRST);
    Attempt hedge = call.beginAttempt(2, AttemptKind.HEDGE);
    hedge.end(attempt(2, AttemptKind.HEDGE, Status.OK), true);
    first.end(attempt(1, AttemptKind.FIRST, Status.of(Status.Code.CANCELLED, "")), false);
    call.end(call(2, Status.OK));

    List<CollectedSpan> spans = collector.takeSpans(3);
    assertThat(spans)
        .extracting(CollectedSpan::spanId)
        .contains(first.wireContext().spanIdHex(), hedge.wireContext().spanIdHex())
        .doesNotHaveDuplicates();
  }

  @Test
  void aHedgeThatWasGivenUpIsNotTheCallsPeer() {
    TracingLedger storefront = ledger(collector, "storefront");

    ClientCall call = storefront.beginCall(PLACE, "orders");
    Attempt first = call.beginAttempt(1, AttemptKind.FIRST);
    Attempt hedge = call.beginAttempt(2, AttemptKind.HEDGE);
    first.end(attempt(1, AttemptKind.FIRST, Status.OK), true);
    hedge.end(attempt(2, AttemptKind.HEDGE, Status.of(Status.Code.CANCELLED, "")), false);
    call.end(call(2, Status.OK));

    CollectedSpan logical =
        collector.takeSpan("logical", span -> span.attributes().containsKey("clearspan.attempts"));
    collector.takeSpans(2);
    assertThat(logical.attributes()).containsEntry("clearspan.peer.instance", "orders-1");
  }

  @Test
  void faultsAndFallbacksAreEventsOfTheCallsSpan() {
    TracingLedger storefront = ledger(collector, "storefront");

    ClientCall call = storefront.beginCall(PLACE, "orders");
    call.event(new CallEvent.FaultInjected("abort", "by ada (game day)"));
    call.event(new CallEvent.FellBack("cached"));
    call.end(call(0, UNAVAILABLE));

    assertThat(collector.takeSpan("call", each -> true).proto().getEventsList())
        .extracting(
            event ->
                event.getName()
                    + event.getAttributesList().stream()
                        .map(each -> " " + each.getKey() + "=" + each.getValue().getStringValue())
                        .sorted()
                        .toList())
        .containsExactly(
            "clearspan.fault[ clearspan.detail=by ada (game day),  kind=abort]",
            "clearspan.fallback[ source=cached]");
  }

  @Test
  void whatHappensBecauseOfACallIsAnEventOfItsSpanWhichIsKept() {
    TracingLedger storefront = ledger(collector, "storefront");

    ClientCall closes = storefront.beginCall(PLACE, "orders");
    Attempt probe = closes.beginAttempt(1, AttemptKind.FIRST);
    probe.event(
        new CallEvent.BreakerChanged("orders-1", "half_open", "closed", "probes_succeeded", ""));
    probe.end(attempt(1, AttemptKind.FIRST, Status.OK), false);
    closes.end(call(1, Status.OK));

    CollectedSpan span = collector.takeSpan("closes", each -> true);
    assertThat(span.attributes()).containsEntry("clearspan.keep.reason", "event");
    assertThat(span.proto().getEventsList())
        .singleElement()
        .satisfies(
            event -> {
              assertThat(event.getName()).isEqualTo("clearspan.breaker.transition");
              assertThat(event.getAttributesList())
                  .extracting(each -> each.getKey() + "=" + each.getValue().getStringValue())
                  .containsExactlyInAnyOrder(
                      "clearspan.peer.instance=orders-1",
                      "from=half_open",
                      "to=closed",
                      "cause=probes_succeeded");
            });
  }

  @Test
  void eventsOfARetriedCallAreOnTheSpanOfTheCall() {
    TracingLedger storefront = ledger(collector, "storefront");

    ClientCall call = storefront.beginCall(PLACE, "orders");
    Attempt first = call.beginAttempt(1, AttemptKind.FIRST);
    first.event(new CallEvent.PanicChanged(true, "2 of 3 instances would be left out"));
    first.end(attempt(1, AttemptKind.FIRST, UNAVAILABLE), false);
    Attempt second = call.beginAttempt(2, AttemptKind.RETRY);
    second.event(new CallEvent.PanicChanged(false, "few are left out"));
    second.end(attempt(2, AttemptKind.RETRY, Status.OK), false);
    call.end(call(2, Status.OK));

    List<CollectedSpan> spans = collector.takeSpans(3);
    assertThat(spans)
        .filteredOn(span -> span.proto().getEventsCount() > 0)
        .singleElement()
        .satisfies(
            span -> {
              assertThat(span.attributes()).containsKey("clearspan.attempts");
              assertThat(span.proto().getEventsList())
                  .extracting(event -> event.getName())
                  .containsExactly("clearspan.panic", "clearspan.panic");
            });
  }

  @Test
  void aCallRefusedByABreakerIsOneSpanWithoutAttempts() {
    TracingLedger storefront = ledger(collector, "storefront");

    ClientCall never = storefront.beginCall(PLACE, "orders");
    never.end(call(0, UNAVAILABLE, "breaker_open"));
    ClientCall unsent = storefront.beginCall(PLACE, "orders");
    unsent.beginAttempt(1, AttemptKind.FIRST).end(refused("breaker_open"), false);
    unsent.end(call(0, UNAVAILABLE, "breaker_open"));

    assertThat(collector.takeSpans(2))
        .allSatisfy(
            span -> {
              assertThat(span.status()).isEqualTo("ERROR");
              assertThat(span.proto().getStatus().getMessage()).isEqualTo("connection reset");
              assertThat(span.attributes())
                  .containsEntry("clearspan.attempts", 0L)
                  .containsEntry("error.type", "breaker_open")
                  .containsEntry("rpc.response.status_code", "UNAVAILABLE")
                  .doesNotContainKey("network.peer.address");
            });
  }

  @Test
  void aServedCallIsTheChildOfItsAttemptAndTheParentOfCallsMadeInIt() {
    TracingLedger storefront = ledger(collector, "storefront");
    TracingLedger orders = ledger(collector, "orders");
    TracingLedger payments = ledger(collector, "payments");

    ClientCall place = storefront.beginCall(PLACE, "orders");
    Attempt toOrders = place.beginAttempt(1, AttemptKind.FIRST);
    ServedCall placing =
        orders.beginServed(PLACE.fullName(), toOrders.wireContext(), "storefront", PEER);
    ClientCall charge;
    Attempt toPayments;
    try (Scope scope = placing.makeCurrent(Metadata.EMPTY)) {
      charge = orders.beginCall(CHARGE, "payments");
      toPayments = charge.beginAttempt(1, AttemptKind.FIRST);
    }
    ServedCall charging =
        payments.beginServed(CHARGE.fullName(), toPayments.wireContext(), "orders", PEER);
    boolean keptByPayments = charging.end(served(UNAVAILABLE));
    toPayments.end(attempt(1, AttemptKind.FIRST, UNAVAILABLE), keptByPayments);
    charge.end(call(1, UNAVAILABLE));
    boolean keptByOrders = placing.end(served(NOT_FOUND));
    toOrders.end(attempt(1, AttemptKind.FIRST, NOT_FOUND), keptByOrders);
    place.end(call(1, NOT_FOUND));

    CollectedSpan root = collector.takeSpan("storefront", "CLIENT", "shop.Orders/Place");
    CollectedSpan server = collector.takeSpan("orders", "SERVER", "shop.Orders/Place");
    CollectedSpan nested = collector.takeSpan("orders", "CLIENT", "shop.Payments/Charge");
    CollectedSpan leaf = collector.takeSpan("payments", "SERVER", "shop.Payments/Charge");
    assertThat(server.parentSpanId()).isEqualTo(root.spanId());
    assertThat(nested.parentSpanId()).isEqualTo(server.spanId());
    assertThat(leaf.parentSpanId()).isEqualTo(nested.spanId());
    assertThat(List.of(server, nested, leaf))
        .extracting(CollectedSpan::traceId)
        .containsOnly(root.traceId());
    assertThat(root.status()).as("client: every code but OK").isEqualTo("ERROR");
    assertThat(server.status()).as("NOT_FOUND is not the server's fault").isEqualTo("UNSET");
    assertThat(leaf.status()).as("UNAVAILABLE is the server's fault").isEqualTo("ERROR");
    assertThat(server.attributes()).containsEntry("clearspan.caller", "storefront");
    assertThat(keptByPayments).isTrue();
    assertThat(keptByOrders).isTrue();
  }

  @Test
  void userCodeSeesTheServerSpanAndItsOwnSpansJoinTheTrace() {
    TracingLedger orders = ledger(collector, "orders");

    ServedCall placing = orders.beginServed(PLACE.fullName(), null, null, PEER);
    try (Scope scope = placing.makeCurrent(Metadata.EMPTY)) {
      Span.current().setAttribute("order.id", "7");
      Span price = orders.openTelemetry().getTracer("shop").spanBuilder("price").startSpan();
      price.end();
    }
    placing.end(served(Status.OK));

    CollectedSpan server = collector.takeSpan("orders", "SERVER", "shop.Orders/Place");
    CollectedSpan price = collector.takeSpan("orders", "INTERNAL", "price");
    assertThat(server.attributes())
        .containsEntry("order.id", "7")
        .containsEntry("clearspan.queue_ms", 1.0);
    assertThat(price.parentSpanId()).isEqualTo(server.spanId());
    assertThat(server.traceId()).isEqualTo(placing.traceId());
    assertThat(Span.current().getSpanContext().isValid()).as("scope is closed").isFalse();
  }

  @Test
  void anUnknownMethodNameIsKeptOffNamesThatCount() {
    TracingLedger orders = ledger(collector, "orders");

    orders.beginServed("evil/Name1", null, null, PEER).end(servedUnknownMethod());

    CollectedSpan span = collector.takeSpan("orders", "SERVER", "clearspan");
    assertThat(span.attributes())
        .containsEntry("rpc.method", "_OTHER")
        .containsEntry("rpc.method_original", "evil/Name1");
  }

  @Test
  void anUnsampledCallStillHasATraceIdAndSendsNoSpan() {
    TracingLedger storefront = ledger(collector, "storefront", "CLEARSPAN_TRACE_SAMPLE_RATE", "0");
    TracingLedger orders = ledger(collector, "orders");

    ClientCall call = storefront.beginCall(PLACE, "orders");
    Attempt attempt = call.beginAttempt(1, AttemptKind.FIRST);
    TraceContext wire = attempt.wireContext();
    ServedCall served = orders.beginServed(PLACE.fullName(), wire, "storefront", PEER);
    boolean kept = served.end(served(Status.OK));
    attempt.end(attempt(1, AttemptKind.FIRST, Status.OK), kept);
    call.end(call(1, Status.OK));

    assertThat(wire.isValid()).isTrue();
    assertThat(wire.isSampled()).isFalse();
    assertThat(served.traceId()).isEqualTo(call.traceId()).matches("[0-9a-f]{32}");
    assertThat(kept).isFalse();
  }

  @Test
  void theRandomFlagOfW3cTravelsDownTheTrace() {
    TracingLedger storefront = ledger(collector, "storefront");
    TracingLedger orders = ledger(collector, "orders");

    ClientCall call = storefront.beginCall(PLACE, "orders");
    TraceContext wire = call.beginAttempt(1, AttemptKind.FIRST).wireContext();
    ServedCall served = orders.beginServed(PLACE.fullName(), wire, "storefront", PEER);
    TraceContext next;
    try (Scope scope = served.makeCurrent(Metadata.EMPTY)) {
      next = orders.beginCall(CHARGE, "payments").beginAttempt(1, AttemptKind.FIRST).wireContext();
    }

    byte sampledAndRandom = TraceContext.SAMPLED | TraceContext.RANDOM;
    assertThat(wire.traceFlags()).isEqualTo(sampledAndRandom);
    assertThat(next.traceFlags()).isEqualTo(sampledAndRandom);
    assertThat(next.clearspanFlags()).isEqualTo(TraceContext.KEEP);
    assertThat(next.traceId()).isEqualTo(wire.traceId());
    assertThat(next.spanId()).isNotEqualTo(wire.spanId());
  }

  @Test
  void aContextWithZeroIdsStartsANewTrace() {
    TracingLedger orders = ledger(collector, "orders");
    TraceContext zero = new TraceContext(0, 0, 0, (byte) 1, (byte) 0);

    ServedCall served = orders.beginServed(PLACE.fullName(), zero, null, PEER);
    served.end(served(Status.OK));

    assertThat(collector.takeSpans(1).get(0).parentSpanId()).isEmpty();
    assertThat(served.traceId()).isNotEqualTo(zero.traceId());
  }
}
