package dev.clearspan.console.trace;

import static dev.clearspan.console.trace.Spans.client;
import static dev.clearspan.console.trace.Spans.server;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.clearspan.console.trace.TraceQuery.StatusFilter;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link TraceStore} does. */
abstract class TraceStoreContract {
  static final Instant NOON = Instant.parse("2026-05-04T12:00:00Z");
  static final String PLACE = "shop.Orders/Place";
  static final String CHARGE = "shop.Payments/Charge";

  private TraceStore store;

  /** An empty store whose clock is near {@link #NOON}. */
  abstract TraceStore open();

  @BeforeEach
  void openStore() {
    store = open();
  }

  /** Spans come to where the store finds them; what it appends, unless it only reads. */
  void keep(List<ResourceSpans> spans) {
    store.append(Spans.groups(spans));
  }

  final TraceStore store() {
    return store;
  }

  @AfterEach
  void closeStore() {
    store.close();
  }

  static TraceId id(long number) {
    return new TraceId(0x1111222233334444L, number);
  }

  /**
   * storefront calls orders, orders calls payments, which ends with the code; each process sends
   * its own part.
   */
  static List<ResourceSpans> order(TraceId id, Instant start, long millis, String code) {
    return List.of(
        Spans.from("storefront", client(id, 1, 0, "orders", PLACE, start, millis, code)),
        Spans.from(
            "orders",
            server(id, 2, 1, PLACE, start.plusMillis(1), millis - 2, code),
            client(id, 3, 2, "payments", CHARGE, start.plusMillis(2), millis - 4, code)),
        Spans.from("payments", server(id, 4, 3, CHARGE, start.plusMillis(3), millis - 6, code)));
  }

  private static List<String> ids(TraceSearch search) {
    return search.traces().stream().map(TraceSummary::traceId).toList();
  }

  @Test
  void findsATraceByItsId() {
    keep(order(id(7), NOON, 40, "OK"));

    Trace trace = store.find(id(7)).orElseThrow();

    assertThat(trace.traceId()).isEqualTo("11112222333344440000000000000007");
    assertThat(trace.startedAt()).isEqualTo(NOON);
    assertThat(trace.durationMicros()).isEqualTo(40_000);
    assertThat(trace.partial()).isFalse();
    assertThat(trace.spans())
        .extracting(
            TraceSpan::service,
            TraceSpan::kind,
            TraceSpan::startOffsetMicros,
            TraceSpan::durationMicros)
        .containsExactly(
            tuple("storefront", TraceSpan.Kind.CLIENT, 0L, 40_000L),
            tuple("orders", TraceSpan.Kind.SERVER, 1_000L, 38_000L),
            tuple("orders", TraceSpan.Kind.CLIENT, 2_000L, 36_000L),
            tuple("payments", TraceSpan.Kind.SERVER, 3_000L, 34_000L));
    assertThat(trace.spans().get(0).parentSpanId()).isNull();
    assertThat(trace.spans().get(3).parentSpanId()).isEqualTo("0000000000000003");
    assertThat(trace.spans().get(3).instance()).isEqualTo("payments-1");
  }

  @Test
  void anUnknownIdIsEmpty() {
    keep(order(id(7), NOON, 40, "OK"));
    assertThat(store.find(id(8))).isEmpty();
    assertThat(store.find(new TraceId(9, 7))).isEmpty();
  }

  @Test
  void mergesFragmentsAndForgetsRepeatedSpans() {
    for (ResourceSpans part : order(id(7), NOON, 40, "OK")) {
      keep(List.of(part));
    }
    keep(order(id(7), NOON, 40, "OK"));

    assertThat(store.find(id(7)).orElseThrow().spans()).hasSize(4);
    TraceSearch search = store.search(TraceQuery.NEWEST);
    assertThat(search.traces()).hasSize(1);
    assertThat(search.traces().get(0).services())
        .containsExactly("storefront", "orders", "payments");
  }

  @Test
  void aTraceWithoutAParentIsPartial() {
    Instant settled = NOON.minusSeconds(60);
    keep(order(id(7), settled, 40, "OK").subList(1, 3));
    Trace trace = store.find(id(7)).orElseThrow();
    assertThat(trace.partial()).isTrue();
    assertThat(trace.startedAt()).isEqualTo(settled.plusMillis(1));
    TraceSummary listed = store.search(TraceQuery.NEWEST).traces().get(0);
    assertThat(listed.rootService()).isEqualTo("orders");
    assertThat(listed.partial()).isTrue();
  }

  @Test
  void aTraceIsPartialWhereItsProcessSaysSo_andNotWhileItMayGrow() {
    Instant settled = NOON.minusSeconds(60);
    keep(
        List.of(
            Spans.from(
                "storefront",
                client(id(7), 1, 0, "orders", PLACE, settled, 40, "OK")
                    .addAttributes(Spans.attribute("clearspan.partial", "true")),
                client(id(8), 1, 0, "orders", PLACE, settled, 40, "OK"),
                client(id(9), 1, 0, "orders", PLACE, NOON, 40, "OK"),
                client(id(9), 3, 2, "orders", PLACE, NOON, 4, "OK"))));
    assertThat(store.find(id(7)).orElseThrow().partial()).isTrue();
    assertThat(store.find(id(9)).orElseThrow().partial()).isTrue();
    assertThat(store.search(TraceQuery.NEWEST).traces())
        .extracting(TraceSummary::traceId, TraceSummary::partial)
        .containsExactlyInAnyOrder(
            tuple(id(7).toString(), true),
            tuple(id(8).toString(), false),
            tuple(id(9).toString(), false));
  }

  @Test
  void aTraceIsListedWhenItsRootIsHere_andFoundByItsIdBefore() {
    List<ResourceSpans> parts = order(id(7), NOON, 40, "UNAVAILABLE");
    keep(parts.subList(1, 3));
    assertThat(store.search(TraceQuery.NEWEST).traces()).isEmpty();
    assertThat(store.search(TraceQuery.NEWEST.withService("payments")).traces()).isEmpty();
    assertThat(store.find(id(7))).isPresent();
    assertThat(store.failures(10)).isNotEmpty();

    keep(parts.subList(0, 1));
    assertThat(store.search(TraceQuery.NEWEST).traces())
        .extracting(TraceSummary::rootService)
        .containsExactly("storefront");
  }

  @Test
  void keepsAttributesEventsAndHostileTextAsTheyAre() {
    String hostile =
        "'; DROP TABLE slice; -- <script>alert(1)</script> \u0000 \ud83d\ude80 ../../etc";
    Span.Builder span =
        server(id(7), 1, 0, hostile, NOON, 5, "OK")
            .addAttributes(Spans.attribute(hostile, hostile));
    span.addEventsBuilder()
        .setName("queued")
        .setTimeUnixNano(span.getStartTimeUnixNano() + 2_000_000)
        .addAttributes(Spans.attribute("why", hostile));
    keep(List.of(Spans.from(hostile, span)));

    TraceSpan stored = store.find(id(7)).orElseThrow().spans().get(0);

    assertThat(stored.service()).isEqualTo(hostile);
    assertThat(stored.attributes()).containsEntry(hostile, hostile);
    assertThat(stored.events().get(0).offsetMicros()).isEqualTo(2_000);
    assertThat(stored.events().get(0).attributes()).containsEntry("why", hostile);
    assertThat(ids(store.search(TraceQuery.NEWEST.withService(hostile)))).hasSize(1);
  }

  @Test
  void theNewestComeFirstUpToTheLimit() {
    for (int i = 1; i <= 5; i++) {
      keep(order(id(i), NOON.plusSeconds(i), 40, "OK"));
    }
    TraceSearch three = store.search(TraceQuery.NEWEST.withLimit(3));
    assertThat(ids(three)).containsExactly(id(5).toString(), id(4).toString(), id(3).toString());
    assertThat(three.truncated()).isTrue();
    assertThat(store.search(TraceQuery.NEWEST.withLimit(5)).truncated()).isFalse();
  }

  @Test
  void searchesByServiceMethodAndStatus() {
    keep(order(id(1), NOON, 40, "OK"));
    keep(order(id(2), NOON, 40, "UNAVAILABLE"));
    keep(
        List.of(
            Spans.from(
                "shopper", client(id(3), 1, 0, "search", "shop.Search/Find", NOON, 4, "OK"))));

    TraceQuery payments = TraceQuery.NEWEST.withService("payments");
    assertThat(ids(store.search(payments)))
        .containsExactlyInAnyOrder(id(1).toString(), id(2).toString());
    assertThat(ids(store.search(payments.withStatus(StatusFilter.OK))))
        .containsExactly(id(1).toString());
    assertThat(ids(store.search(payments.withStatus(StatusFilter.ERROR))))
        .containsExactly(id(2).toString());
    assertThat(ids(store.search(payments.withStatus(StatusFilter.parse("UNAVAILABLE")))))
        .containsExactly(id(2).toString());
    assertThat(store.search(payments.withStatus(StatusFilter.parse("INTERNAL"))).traces())
        .isEmpty();
    assertThat(ids(store.search(TraceQuery.NEWEST.withMethod("shop.Search/Find"))))
        .containsExactly(id(3).toString());
    assertThat(store.search(payments.withMethod("shop.Search/Find")).traces()).isEmpty();
    assertThat(ids(store.search(TraceQuery.NEWEST.withStatus(StatusFilter.ERROR))))
        .containsExactly(id(2).toString());
    assertThat(ids(store.search(TraceQuery.NEWEST.withStatus(StatusFilter.OK))))
        .containsExactlyInAnyOrder(id(1).toString(), id(3).toString());
  }

  @Test
  void searchesByDurationOfTheCallOrOfTheTrace() {
    keep(order(id(1), NOON, 40, "OK"));
    keep(order(id(2), NOON, 400, "OK"));

    TraceQuery slow = TraceQuery.NEWEST.withDurations(Duration.ofMillis(100), null);
    assertThat(ids(store.search(slow))).containsExactly(id(2).toString());
    assertThat(ids(store.search(TraceQuery.NEWEST.withDurations(null, Duration.ofMillis(40)))))
        .containsExactly(id(1).toString());
    assertThat(
            ids(
                store.search(
                    slow.withService("payments").withDurations(Duration.ofMillis(394), null))))
        .containsExactly(id(2).toString());
    assertThat(
            store
                .search(
                    TraceQuery.NEWEST
                        .withService("storefront")
                        .withDurations(Duration.ofMillis(401), null))
                .traces())
        .isEmpty();
  }

  @Test
  void searchesByAttributeAndTime() {
    ResourceSpans tagged =
        Spans.from(
            "orders",
            server(id(1), 1, 0, PLACE, NOON, 5, "OK")
                .addAttributes(Spans.attribute("order.id", "4711")));
    keep(List.of(tagged));
    keep(order(id(2), NOON.plusSeconds(60), 40, "OK"));

    assertThat(ids(store.search(TraceQuery.NEWEST.withAttribute("order.id", "4711"))))
        .containsExactly(id(1).toString());
    assertThat(store.search(TraceQuery.NEWEST.withAttribute("order.id", "4712")).traces())
        .isEmpty();
    assertThat(ids(store.search(TraceQuery.NEWEST.withTimes(NOON.plusSeconds(1), null))))
        .containsExactly(id(2).toString());
    assertThat(ids(store.search(TraceQuery.NEWEST.withTimes(null, NOON.plusSeconds(60)))))
        .containsExactly(id(1).toString());
    assertThat(ids(store.search(TraceQuery.NEWEST.withTimes(NOON, NOON.plusSeconds(61)))))
        .hasSize(2);
  }

  @Test
  void aSummaryNamesWhereItBegan() {
    keep(order(id(2), NOON, 40, "UNAVAILABLE"));
    TraceSummary summary = store.search(TraceQuery.NEWEST).traces().get(0);
    assertThat(summary.rootService()).isEqualTo("storefront");
    assertThat(summary.rootMethod()).isEqualTo(PLACE);
    assertThat(summary.status()).isEqualTo("UNAVAILABLE");
    assertThat(summary.durationMillis()).isEqualTo(40);
    assertThat(summary.spans()).isEqualTo(4);
    assertThat(summary.errors()).isEqualTo(4);
    assertThat(summary.firstError())
        .isEqualTo(
            new TraceSummary.FirstError("payments", CHARGE, "UNAVAILABLE", "UNAVAILABLE happened"));
  }

  @Test
  void aRefusedCallIsFoundUnderItsTarget() {
    Span.Builder refused =
        client(id(5), 1, 0, "payments", CHARGE, NOON, 0, "UNAVAILABLE")
            .addAttributes(Spans.attribute("error.type", "breaker_open"));
    keep(List.of(Spans.from("orders", refused)));

    TraceQuery failed = TraceQuery.NEWEST.withService("payments").withStatus(StatusFilter.ERROR);
    assertThat(ids(store.search(failed))).containsExactly(id(5).toString());
    assertThat(store.failures(10))
        .containsExactly(
            new Failure(
                id(5).toString(),
                NOON,
                "orders",
                "payments",
                CHARGE,
                "UNAVAILABLE",
                "UNAVAILABLE happened",
                0));
  }

  @Test
  void listsFailedCallsButNotTheirAttempts() {
    keep(order(id(1), NOON, 40, "OK"));
    keep(order(id(2), NOON.plusSeconds(1), 40, "INTERNAL"));
    Span.Builder attempt =
        client(id(3), 9, 8, "payments", CHARGE, NOON.plusSeconds(2), 1, "UNAVAILABLE")
            .addAttributes(Spans.attribute("clearspan.attempt", "1"));
    keep(List.of(Spans.from("orders", attempt)));

    assertThat(store.failures(10))
        .extracting(Failure::traceId, Failure::caller, Failure::service)
        .containsExactly(
            tuple(id(2).toString(), "storefront", "orders"),
            tuple(id(2).toString(), "orders", "payments"));
    assertThat(store.failures(1)).hasSize(1);
  }

  @Test
  void readersSeeWholeTracesWhileItIsWrittenTo() {
    AtomicBoolean writing = new AtomicBoolean(true);
    CompletableFuture<Integer> reader =
        CompletableFuture.supplyAsync(
            () -> {
              int seen = 0;
              while (writing.get() || seen == 0) {
                for (TraceSummary summary : store.search(TraceQuery.NEWEST).traces()) {
                  assertThat(summary.spans()).isEqualTo(4);
                  seen++;
                }
              }
              return seen;
            });
    List<TraceId> written = new ArrayList<>();
    for (int i = 1; i <= 200; i++) {
      written.add(id(i));
      keep(order(id(i), NOON, 40, "OK"));
    }
    writing.set(false);
    assertThat(reader.orTimeout(20, TimeUnit.SECONDS).join()).isPositive();
    assertThat(written)
        .allSatisfy(id -> assertThat(store.find(id).orElseThrow().partial()).isFalse());
  }
}
