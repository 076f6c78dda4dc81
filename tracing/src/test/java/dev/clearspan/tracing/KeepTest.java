package dev.clearspan.tracing;

import static dev.clearspan.tracing.Shop.CHARGE;
import static dev.clearspan.tracing.Shop.PEER;
import static dev.clearspan.tracing.Shop.PLACE;
import static dev.clearspan.tracing.Shop.UNAVAILABLE;
import static dev.clearspan.tracing.Shop.attempt;
import static dev.clearspan.tracing.Shop.call;
import static dev.clearspan.tracing.Shop.ledger;
import static dev.clearspan.tracing.Shop.served;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.clearspan.rpc.Metadata;
import dev.clearspan.rpc.Status;
import dev.clearspan.rpc.ledger.AttemptKind;
import dev.clearspan.rpc.ledger.CallLedger.Attempt;
import dev.clearspan.rpc.ledger.CallLedger.ClientCall;
import dev.clearspan.rpc.ledger.CallLedger.Scope;
import dev.clearspan.rpc.ledger.CallLedger.ServedCall;
import dev.clearspan.rpc.ledger.KeepOrder;
import dev.clearspan.rpc.ledger.SlowRule;
import dev.clearspan.rpc.ledger.TelemetryRule;
import dev.clearspan.rpc.ledger.TelemetryRules;
import dev.clearspan.rpc.ledger.TraceContext;
import dev.clearspan.tracing.testing.CollectedSpan;
import dev.clearspan.tracing.testing.CollectorFixture;
import io.opentelemetry.api.baggage.Baggage;
import io.opentelemetry.api.trace.Span;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is kept where no trace is chosen at its root. */
final class KeepTest {
  @RegisterExtension final CollectorFixture collector = new CollectorFixture();

  @Test
  void aFailureIsKeptWithAllAncestorsAndTheSiblingsBeforeIt() {
    TracingLedger storefront = unsampled("storefront");
    TracingLedger orders = unsampled("orders");

    ClientCall place = storefront.beginCall(PLACE, "orders");
    Attempt toOrders = place.beginAttempt(1, AttemptKind.FIRST);
    ServedCall placing = serve(orders, toOrders);
    try (Scope scope = placing.makeCurrent(Metadata.EMPTY)) {
      callOnce(orders, Status.OK, false);
      callOnce(orders, UNAVAILABLE, false);
      callOnce(orders, Status.OK, false);
    }
    boolean kept = placing.end(served(Status.OK));
    toOrders.end(attempt(1, AttemptKind.FIRST, Status.OK), kept);
    place.end(call(1, Status.OK));

    assertThat(kept).isTrue();
    List<CollectedSpan> spans = collector.takeSpans(5);
    assertThat(spans).extracting(CollectedSpan::traceId).containsOnly(place.traceId());
    assertThat(spans)
        .extracting(span -> span.attributes().get("clearspan.keep.reason"))
        .containsExactlyInAnyOrder("error", "trace", "trace", "trace", "trace");
    assertThat(spans).allSatisfy(span -> assertThat(span.proto().getFlags() & 1).isEqualTo(1));
    assertThat(spans)
        .allSatisfy(span -> assertThat(span.attributes()).doesNotContainKey("clearspan.partial"));
  }

  @Test
  void whatIsFineIsNotKept() {
    TracingLedger orders = unsampled("orders");

    ServedCall placing = orders.beginServed(PLACE.fullName(), null, null, PEER);
    try (Scope scope = placing.makeCurrent(Metadata.EMPTY)) {
      callOnce(orders, Status.OK, false);
    }

    assertThat(placing.end(served(Status.OK))).isFalse();
    assertThat(sample(orders, "clearspan_recorder_local")).isEqualTo(2);
  }

  @Test
  void requestsAfterTheFailureSayThatTheTraceIsKept() {
    TracingLedger orders = unsampled("orders");
    TracingLedger payments = unsampled("payments");

    ServedCall placing = orders.beginServed(PLACE.fullName(), null, null, PEER);
    Attempt later;
    try (Scope scope = placing.makeCurrent(Metadata.EMPTY)) {
      callOnce(orders, UNAVAILABLE, false);
      ClientCall charge = orders.beginCall(CHARGE, "payments");
      later = charge.beginAttempt(1, AttemptKind.FIRST);
      boolean kept = serve(payments, later).end(served(Status.OK));
      later.end(attempt(1, AttemptKind.FIRST, Status.OK), kept);
      charge.end(call(1, Status.OK));
      assertThat(kept).isTrue();
    }
    placing.end(served(Status.OK));

    assertThat(later.wireContext().clearspanFlags()).isEqualTo(TraceContext.KEEP);
    assertThat(later.wireContext().isSampled()).isFalse();
    assertThat(collector.takeSpans(4)).hasSize(4);
  }

  @Test
  void whatCallersAskForIsFoundNowAndWhenItEndsLater() {
    TracingLedger payments = unsampled("payments");
    TraceContext first = new TraceContext(11, 12, 13, TraceContext.RANDOM, (byte) 0);

    serve(payments, first).end(served(Status.OK));
    ServedCall late = serve(payments, first);
    payments.collect(new long[] {11, 12, 99, 98});

    assertThat(collector.takeSpans(1).get(0).attributes())
        .containsEntry("clearspan.keep.reason", "trace");
    assertThat(late.end(served(Status.OK))).as("remembered").isTrue();
    assertThat(collector.takeSpans(1).get(0).traceId()).isEqualTo(first.traceId());
  }

  @Test
  void slowRetriedAndRefusedCallsAreKept() {
    TracingLedger storefront = unsampled("storefront");
    storefront.telemetry("orders", rules(new SlowRule.Fixed(4_000_000), List.of(), List.of()));
    callOnce(storefront, Status.OK, false);
    storefront.telemetry("orders", TelemetryRules.NONE);
    callOnce(storefront, Status.OK, false);
    ClientCall retried = storefront.beginCall(PLACE, "orders");
    retried
        .beginAttempt(1, AttemptKind.FIRST)
        .end(attempt(1, AttemptKind.FIRST, UNAVAILABLE), false);
    retried.beginAttempt(2, AttemptKind.RETRY).end(attempt(2, AttemptKind.RETRY, Status.OK), false);
    retried.end(call(2, Status.OK));
    storefront.beginCall(PLACE, "orders").end(call(0, UNAVAILABLE, "breaker_open"));

    assertThat(collector.takeSpans(5))
        .extracting(span -> span.attributes().get("clearspan.keep.reason"))
        .containsExactlyInAnyOrder("slow", "retry", "retry", "retry", "breaker_open");
  }

  @Test
  void anOrderKeepsEveryCallOfACallerWhileItLasts() {
    TracingLedger orders = unsampled("orders");
    Instant until = Instant.now().plusSeconds(60);
    List<KeepOrder> keeps =
        List.of(
            new KeepOrder("storefront", until),
            new KeepOrder("batch", Instant.now().minusSeconds(1)));
    orders.telemetry("orders", rules(SlowRule.NONE, List.of(), keeps));

    boolean ordered =
        orders.beginServed(PLACE.fullName(), null, "storefront", PEER).end(served(Status.OK));
    boolean expired =
        orders.beginServed(PLACE.fullName(), null, "batch", PEER).end(served(Status.OK));

    assertThat(ordered).isTrue();
    assertThat(expired).isFalse();
    assertThat(collector.takeSpans(1).get(0).attributes())
        .containsEntry("clearspan.keep.reason", "order")
        .containsEntry("clearspan.caller", "storefront");
  }

  @Test
  void metadataThatOperatorsWantIsKeptWithTheCall() {
    TracingLedger orders = ledger(collector, "orders");
    orders.telemetry("orders", rules(SlowRule.NONE, List.of("tenant", "absent"), List.of()));

    ServedCall placing = orders.beginServed(PLACE.fullName(), null, null, PEER);
    try (Scope scope = placing.makeCurrent(Metadata.EMPTY.with("tenant", "acme"))) {
      assertThat(Span.current().isRecording()).isTrue();
    }
    placing.end(served(Status.OK));

    assertThat(collector.takeSpans(1).get(0).attributes())
        .containsEntry("rpc.request.metadata.tenant", List.of("acme"))
        .doesNotContainKey("rpc.request.metadata.absent");
  }

  @Test
  void spansOfUserCodeAreKeptOrDroppedWithTheirTrace() {
    TracingLedger orders = unsampled("orders");
    var tracer = orders.openTelemetry().getTracer("shop");

    ServedCall fine = orders.beginServed(PLACE.fullName(), null, null, PEER);
    try (Scope scope = fine.makeCurrent(Metadata.EMPTY)) {
      tracer.spanBuilder("dropped").startSpan().end();
    }
    fine.end(served(Status.OK));
    ServedCall failing = orders.beginServed(PLACE.fullName(), null, null, PEER);
    Span late;
    try (Scope scope = failing.makeCurrent(Metadata.EMPTY)) {
      Span price = tracer.spanBuilder("price").startSpan();
      try (var ofSpan = price.makeCurrent()) {
        callOnce(orders, Status.OK, false);
      }
      price.end();
      late = tracer.spanBuilder("late").startSpan();
    }
    failing.end(served(UNAVAILABLE));
    late.end();

    CollectedSpan server = collector.takeSpan("orders", "SERVER", PLACE.fullName());
    CollectedSpan price = collector.takeSpan("orders", "INTERNAL", "price");
    CollectedSpan lateSpan = collector.takeSpan("orders", "INTERNAL", "late");
    CollectedSpan client = collector.takeSpan("orders", "CLIENT", CHARGE.fullName());
    assertThat(List.of(price, lateSpan, client))
        .extracting(CollectedSpan::traceId)
        .containsOnly(server.traceId());
    assertThat(price.parentSpanId()).isEqualTo(server.spanId());
    assertThat(client.parentSpanId()).isEqualTo(price.spanId());
  }

  @Test
  void attributesEventsAndExceptionsOfUserCodeAreOnTheServerSpan() {
    TracingLedger orders = unsampled("orders");

    ServedCall placing = orders.beginServed(PLACE.fullName(), null, null, PEER);
    try (Scope scope = placing.makeCurrent(Metadata.EMPTY)) {
      Span.current()
          .setAttribute("order.id", "7")
          .addEvent("priced")
          .recordException(new IllegalStateException("no stock"));
      for (int i = 0; i < 300; i++) {
        Span.current().setAttribute("a" + i, "x".repeat(5_000));
      }
    }
    placing.end(served(UNAVAILABLE));
    Span.current().setAttribute("too", "late");

    CollectedSpan server = collector.takeSpans(1).get(0);
    assertThat(server.attributes())
        .containsEntry("order.id", "7")
        .containsEntry("a0", "x".repeat(4_096));
    assertThat(server.attributes()).doesNotContainKeys("a200", "too");
    assertThat(server.proto().getEventsList())
        .extracting(event -> event.getName())
        .containsExactly("priced", "exception");
  }

  @Test
  void baggageAndTraceStateTravelOn() {
    TracingLedger orders = ledger(collector, "orders");
    Metadata request =
        Metadata.EMPTY.with("baggage", "tenant=acme").with("tracestate", "vendor=1,other=2");

    ServedCall placing = orders.beginServed(PLACE.fullName(), null, null, PEER);
    Metadata sent;
    try (Scope scope = placing.makeCurrent(request)) {
      assertThat(Baggage.current().getEntryValue("tenant")).isEqualTo("acme");
      assertThat(Span.current().getSpanContext().getTraceState().get("vendor")).isEqualTo("1");
      sent = orders.beginCall(CHARGE, "payments").carried(Metadata.EMPTY.with("own", "1"));
    }
    placing.end(served(Status.OK));

    assertThat(sent.first("baggage")).isEqualTo("tenant=acme");
    assertThat(sent.first("tracestate")).isEqualTo("vendor=1,other=2");
    assertThat(sent.first("own")).isEqualTo("1");
    assertThat(Baggage.current().isEmpty()).as("scope is closed").isTrue();
    assertThat(collector.takeSpans(1).get(0).proto().getTraceState()).isEqualTo("vendor=1,other=2");
  }

  @Test
  void baggageThatDoesNotFitIsDroppedAndCounted() {
    TracingLedger orders = unsampled("orders");
    Baggage large = Baggage.builder().put("large", "x".repeat(7_000)).build();

    try (var scope = large.makeCurrent()) {
      ClientCall charge = orders.beginCall(CHARGE, "payments");
      Metadata own = Metadata.EMPTY.with("own", "y".repeat(2_000));
      assertThat(charge.carried(own)).isEqualTo(own);
    }
    assertThat(sample(orders, "clearspan_recorder_baggage_dropped_total")).isEqualTo(1);
  }

  @Test
  void switchedOffCallsHaveIdsAndNothingElse() {
    TracingLedger orders = ledger(collector, "orders", "CLEARSPAN_RECORDER", "off");

    callOnce(orders, UNAVAILABLE, false);
    assertThat(sample(orders, "clearspan_recorder_produced_total")).isZero();
    orders.recording(true);
    callOnce(orders, UNAVAILABLE, false);

    assertThat(collector.takeSpans(1)).hasSize(1);
  }

  @Test
  void aStormIsShedAndEverySpanIsAccountedFor() {
    TracingLedger orders =
        ledger(
            collector,
            "orders",
            "CLEARSPAN_TRACE_SAMPLE_RATE",
            "0",
            "CLEARSPAN_TRACE_KEEP_LIMIT",
            "200");
    long until = System.nanoTime() + 2_000_000_000L;
    while (System.nanoTime() < until) {
      for (int i = 0; i < 100; i++) {
        callOnce(orders, UNAVAILABLE, false);
      }
      Thread.onSpinWait();
    }
    await()
        .untilAsserted(
            () -> {
              assertThat(sample(orders, "clearspan_recorder_shed_total")).isPositive();
              double known =
                  sample(orders, "clearspan_telemetry_exported_total{signal=\"spans\"")
                      + sample(orders, "clearspan_recorder_local")
                      + sample(orders, "clearspan_recorder_lost_total")
                      + sample(orders, "clearspan_recorder_shed_spans_total");
              assertThat(known).isEqualTo(sample(orders, "clearspan_recorder_produced_total"));
            });
    assertThat((double) collector.takeAllSpans().size())
        .isEqualTo(sample(orders, "clearspan_telemetry_exported_total{signal=\"spans\""));
  }

  private TracingLedger unsampled(String service) {
    return ledger(collector, service, "CLEARSPAN_TRACE_SAMPLE_RATE", "0");
  }

  private static TelemetryRules rules(
      SlowRule slow, List<String> attributes, List<KeepOrder> keeps) {
    return new TelemetryRules(new TelemetryRule(Double.NaN, slow, attributes, keeps), Map.of());
  }

  private static ServedCall serve(TracingLedger ledger, Attempt attempt) {
    return serve(ledger, attempt.wireContext());
  }

  private static ServedCall serve(TracingLedger ledger, TraceContext remote) {
    return ledger.beginServed(PLACE.fullName(), remote, "storefront", PEER);
  }

  private static void callOnce(TracingLedger ledger, Status status, boolean kept) {
    ClientCall call = ledger.beginCall(status.isOk() && isServing() ? CHARGE : PLACE, "orders");
    call.beginAttempt(1, AttemptKind.FIRST).end(attempt(1, AttemptKind.FIRST, status), kept);
    call.end(call(1, status));
  }

  private static boolean isServing() {
    return Span.current().getSpanContext().isValid();
  }

  /** Sum of the samples of a metric whose text begins so. */
  private static double sample(TracingLedger ledger, String name) {
    String page = new String(ledger.metricsPage(null).body(), StandardCharsets.UTF_8);
    return page.lines()
        .filter(line -> line.startsWith(name))
        .filter(line -> name.contains("{") || " {".indexOf(line.charAt(name.length())) >= 0)
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }
}
