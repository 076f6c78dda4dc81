package dev.clearspan.console.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clearspan.console.ManualClock;
import dev.clearspan.console.remote.RemoteConfig;
import dev.clearspan.console.remote.RemoteJson;
import dev.clearspan.console.remote.StandIn;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a stand-in for Jaeger: see {@link JaegerStandIn} for what it is written from. */
class JaegerTraceStoreTest extends TraceStoreContract {
  private static final String JSON = "application/json";

  @TempDir private Path folder;
  private final ManualClock clock = new ManualClock(NOON);
  private final JaegerStandIn jaeger = new JaegerStandIn();

  private JaegerTraceStore asking(URI url) {
    return asking(url, folder.resolve("other"));
  }

  private JaegerTraceStore asking(URI url, Path own) {
    return new JaegerTraceStore(
        new RemoteJson(RemoteConfig.of("Jaeger", url)),
        H2TraceStore.open(TraceStoreConfig.in(own), clock),
        clock);
  }

  @Override
  TraceStore open() {
    return asking(jaeger.url(), folder.resolve("own"));
  }

  @Override
  void keep(List<ResourceSpans> spans) {
    jaeger.export(spans);
  }

  @AfterEach
  void stopJaeger() {
    jaeger.close();
  }

  @Test
  void aTraceThatIsOpenedShowsWhatJaegerAndTheConsoleHave() {
    List<ResourceSpans> parts = order(id(7), NOON, 40, "OK");
    jaeger.export(parts.subList(1, 3));
    store().append(Spans.groups(parts.subList(0, 1)));

    Trace trace = store().find(id(7)).orElseThrow();
    assertThat(trace.spans()).extracting(TraceSpan::service).startsWith("storefront", "orders");
    assertThat(trace.spans()).hasSize(4);
    assertThat(trace.partial()).isFalse();

    jaeger.close();
    Trace rest = store().find(id(7)).orElseThrow();
    assertThat(rest.spans()).extracting(TraceSpan::service).containsExactly("storefront");
    assertThat(rest.partial()).as("a part of it may be at Jaeger").isTrue();
  }

  @Test
  void whileJaegerIsAwayEachQuestionSaysSo() {
    jaeger.close();
    String words = "Jaeger at " + jaeger.url() + " cannot be reached";
    assertThatThrownBy(() -> store().search(TraceQuery.NEWEST))
        .isInstanceOf(TraceStoreException.class)
        .hasMessageContaining(words);
    assertThatThrownBy(() -> store().find(id(1)))
        .isInstanceOf(TraceStoreException.class)
        .hasMessageContaining(words);
    assertThatThrownBy(() -> store().failures(10))
        .isInstanceOf(TraceStoreException.class)
        .hasMessageContaining(words);
  }

  @Test
  void linksAreNoParents() {
    Span.Builder span = Spans.server(id(1), 1, 0, PLACE, NOON, 5, "OK");
    span.addLinksBuilder().setTraceId(Spans.traceId(id(1))).setSpanId(Spans.spanId(9));
    span.addLinksBuilder().setTraceId(Spans.traceId(id(2))).setSpanId(Spans.spanId(9));
    keep(List.of(Spans.from("orders", span)));
    Trace trace = store().find(id(1)).orElseThrow();
    assertThat(trace.spans().get(0).parentSpanId()).isNull();
    assertThat(trace.partial()).isFalse();
  }

  @Test
  void ofMoreThanIsAskedForItSaysThatThereIsMore() {
    for (int i = 1; i <= 30; i++) {
      keep(order(id(i), NOON.minusSeconds(i), 40, "OK"));
    }
    TraceSearch ten = store().search(TraceQuery.NEWEST.withService("payments").withLimit(10));
    assertThat(ten.traces()).hasSize(10);
    assertThat(ten.truncated()).isTrue();
  }

  @Test
  void aServiceThatIsNotAnsweredForHidesNoOther() {
    String trace =
        "{'data':[{'traceID':'1','spans':[{'traceID':'1','spanID':'1','operationName':'a',"
            + "'startTime':1777896000000000,'duration':5,'processID':'p1'}],"
            + "'processes':{'p1':{'serviceName':'good'}}}]}";
    try (StandIn server =
            StandIn.start(
                exchange -> {
                  String asked = exchange.getRequestURI().toString();
                  if (asked.contains("service=bad")) {
                    StandIn.send(exchange, 500, "text/plain", "circuit breaker: data too large");
                  } else {
                    String body = asked.contains("/services") ? "{'data':['bad','good']}" : trace;
                    StandIn.send(exchange, 200, JSON, body.replace('\'', '"'));
                  }
                });
        JaegerTraceStore store = asking(server.url())) {
      TraceSearch found = store.search(TraceQuery.NEWEST);
      assertThat(found.traces()).extracting(TraceSummary::rootService).containsExactly("good");
      assertThat(found.traces().get(0).traceId()).isEqualTo("0".repeat(31) + "1");
      assertThat(found.truncated()).isTrue();
    }
  }

  @Test
  void whatIsMalformedIsLeftOut_andTheTraceIsPartial() {
    String spans =
        """
        [{"spanID":"<script>alert(1)","startTime":1,"duration":1},
         {"spanID":"2","startTime":-1,"duration":1},
         {"spanID":"3","startTime":9223372036854775807,"duration":1},
         {"spanID":"4","startTime":1,"duration":-7},
         {"spanID":"5"}, 7, null, [],
         {"spanID":"6","startTime":1,"duration":1,"references":7,"tags":[1,{"key":2},{"key":"n",
          "type":"int64","value":"many"},{"key":"o","value":{"a":[1]}}],"logs":{"x":1}}]""";
    try (StandIn server =
            StandIn.start(
                exchange ->
                    StandIn.send(
                        exchange,
                        200,
                        JSON,
                        "{\"data\":[{\"traceID\":7,\"spans\":" + spans + ",\"processes\":[]}]}"));
        JaegerTraceStore store = asking(server.url())) {
      Trace trace = store.find(id(1)).orElseThrow();
      assertThat(trace.partial()).isTrue();
      assertThat(trace.spans()).hasSize(1);
      assertThat(trace.spans().get(0).spanId()).isEqualTo("0000000000000006");
      assertThat(trace.spans().get(0).service()).isEqualTo("unknown_service");
      assertThat(trace.spans().get(0).attributes())
          .containsEntry("n", "many")
          .containsEntry("o", "{\"a\":[1]}");
    }
  }

  @Test
  void jsonOfAnotherServerIsNoAnswer() {
    try (StandIn server =
            StandIn.start(exchange -> StandIn.send(exchange, 200, JSON, "{\"status\":\"ok\"}"));
        JaegerTraceStore store = asking(server.url())) {
      assertThatThrownBy(() -> store.search(TraceQuery.NEWEST))
          .hasMessageContaining("not of its query API")
          .hasMessageContaining("CLEARSPAN_JAEGER_URL");
      assertThat(store.find(id(1))).isEmpty();
    }
  }

  @Test
  void pagesThatAskForFailuresAgainAndAgainAskJaegerSeldom() {
    AtomicInteger asked = new AtomicInteger();
    try (StandIn server =
            StandIn.start(
                exchange -> {
                  asked.incrementAndGet();
                  StandIn.send(exchange, 200, JSON, "{\"data\":[]}");
                });
        JaegerTraceStore store = asking(server.url())) {
      store.failures(10);
      int first = asked.get();
      store.failures(50);
      assertThat(asked).hasValue(first);
    }
  }
}
