package dev.clearspan.console.metric;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clearspan.console.ManualClock;
import dev.clearspan.console.intake.FakeSink;
import dev.clearspan.console.intake.SpanBatch;
import dev.clearspan.console.metric.ExternalCalls.ToPeer;
import dev.clearspan.console.trace.Spans;
import dev.clearspan.console.trace.TraceId;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Span.SpanKind;
import io.opentelemetry.proto.trace.v1.Status.StatusCode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExternalSpansTest {
  private static final TraceId ID = new TraceId(0x1111222233334444L, 7);
  private static final Instant NOON = Instant.parse("2026-05-04T12:00:00Z");
  private static final Duration TEN = Duration.ofSeconds(10);

  private final ManualClock clock = new ManualClock(NOON);
  private final ExternalCalls calls = new ExternalCalls(clock);
  private final FakeSink sink = new FakeSink();
  private final ExternalSpans spans = new ExternalSpans(sink, calls);

  /** Attributes as {@code key=value}, a number where the value is one. */
  private static Span.Builder span(SpanKind kind, String... attributes) {
    Span.Builder span =
        Spans.client(ID, 1, 0, "", "any", NOON.minusSeconds(1), 40, "OK")
            .setKind(kind)
            .clearAttributes();
    for (String attribute : attributes) {
      String[] pair = attribute.split("=", 2);
      AnyValue.Builder value =
          pair[1].matches("\\d+")
              ? AnyValue.newBuilder().setIntValue(Long.parseLong(pair[1]))
              : AnyValue.newBuilder().setStringValue(pair[1]);
      span.addAttributes(KeyValue.newBuilder().setKey(pair[0]).setValue(value));
    }
    return span;
  }

  private void offer(ResourceSpans from) {
    assertThat(spans.offer(new SpanBatch(Spans.groups(List.of(from))))).isTrue();
  }

  private ToPeer only() {
    assertThat(calls.totals(TEN)).hasSize(1);
    return calls.totals(TEN).get(0);
  }

  @ParameterizedTest
  @CsvSource({
    "db.system.name=postgresql db.namespace=shop server.address=db1 server.port=5432,"
        + " database, postgresql/shop@db1:5432",
    "db.system=mysql db.name=shop net.peer.name=db1 net.peer.port=3306,"
        + " database, mysql/shop@db1:3306",
    "db.system.name=h2database db.namespace=ledger, database, h2database/ledger",
    "db.system.name=redis server.address=cache, cache, redis@cache",
    "messaging.system=kafka messaging.destination.name=orders server.address=k1 server.port=9092,"
        + " queue, kafka/orders@k1:9092",
    "http.request.method=GET server.address=api.example.com server.port=443,"
        + " http, http@api.example.com:443",
    "http.method=GET net.peer.name=api.example.com, http, http@api.example.com",
    "rpc.system=grpc rpc.service=pay.Gate server.address=gate server.port=50051,"
        + " rpc, grpc/pay.Gate@gate:50051",
  })
  void isNamedByTheConventions_oldAndNew(String attributes, String kind, String id) {
    offer(Spans.from("orders", span(SpanKind.SPAN_KIND_CLIENT, attributes.split(" "))));
    ToPeer found = only();
    assertThat(found.totals().caller()).isEqualTo("orders");
    assertThat(found.peer().kind()).isEqualTo(kind);
    assertThat(found.peer().id()).isEqualTo(id);
    assertThat(found.totals().calls()).isEqualTo(1);
    assertThat(found.totals().errors()).isZero();
    assertThat(found.totals().latency().quantileMillis(1)).isBetween(25.0, 50.0);
    assertThat(sink.batches).hasSize(1);
  }

  @Test
  void whatSaysNoPeerIsNone_norIsAServersSpan_norClearspansOwn() {
    offer(Spans.from("orders", span(SpanKind.SPAN_KIND_CLIENT, "http.request.method=GET")));
    offer(Spans.from("orders", span(SpanKind.SPAN_KIND_CLIENT, "server.address=somewhere")));
    offer(Spans.from("orders", span(SpanKind.SPAN_KIND_SERVER, "db.system.name=postgresql")));
    offer(Spans.from("orders", span(SpanKind.SPAN_KIND_INTERNAL, "db.system.name=postgresql")));
    ResourceSpans.Builder own =
        Spans.from("orders", span(SpanKind.SPAN_KIND_CLIENT, "db.system.name=postgresql"))
            .toBuilder();
    own.getScopeSpansBuilder(0)
        .setScope(InstrumentationScope.newBuilder().setName("dev.clearspan"));
    offer(own.build());
    assertThat(calls.totals(TEN)).isEmpty();
    assertThat(sink.batches).hasSize(5);
  }

  @Test
  void failuresAreCounted_andTheWindowPasses_butThePeerStaysForAQuarterOfAnHour() {
    Span.Builder failed = span(SpanKind.SPAN_KIND_CLIENT, "db.system.name=postgresql");
    failed.getStatusBuilder().setCode(StatusCode.STATUS_CODE_ERROR);
    offer(Spans.from("orders", failed, span(SpanKind.SPAN_KIND_CLIENT, "db.system=postgresql")));
    assertThat(only().totals().calls()).isEqualTo(2);
    assertThat(only().totals().errors()).isEqualTo(1);
    clock.advance(Duration.ofMinutes(5));
    assertThat(only().totals().calls()).isZero();
    clock.advance(Duration.ofMinutes(11));
    assertThat(calls.totals(TEN)).isEmpty();
  }

  @Test
  void aFullStoreKeepsNothing_soNothingIsCounted() {
    sink.full.set(true);
    ResourceSpans from =
        Spans.from("orders", span(SpanKind.SPAN_KIND_CLIENT, "db.system.name=postgresql"));
    assertThat(spans.offer(new SpanBatch(Spans.groups(List.of(from))))).isFalse();
    assertThat(calls.totals(TEN)).isEmpty();
  }

  @Test
  void anAddressForEachCallFillsNoMemory() {
    for (int i = 0; i < 5_000; i++) {
      offer(
          Spans.from(
              "orders",
              span(
                  SpanKind.SPAN_KIND_CLIENT,
                  "http.request.method=GET",
                  "server.address=h" + i + ".example.com")));
    }
    assertThat(calls.totals(TEN)).hasSize(500);
  }

  @Test
  void aLongNameWithControlCharactersIsCutAndPlain() {
    String name = "a\u001b[31m\n" + "b".repeat(1_000);
    offer(
        Spans.from(
            "orders",
            span(SpanKind.SPAN_KIND_CLIENT, "db.system.name=h2", "db.namespace=" + name)));
    assertThat(only().peer().name()).startsWith("a [31m b").hasSizeLessThanOrEqualTo(100);
  }
}
