package dev.clearspan.tracing;

import static dev.clearspan.tracing.Shop.ledger;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.StringValue;
import dev.clearspan.rpc.CallOptions;
import dev.clearspan.rpc.MethodKind;
import dev.clearspan.rpc.MethodSpec;
import dev.clearspan.rpc.ProtobufCodec;
import dev.clearspan.rpc.Protocol;
import dev.clearspan.rpc.RpcChannel;
import dev.clearspan.rpc.RpcException;
import dev.clearspan.rpc.RpcServer;
import dev.clearspan.rpc.RpcService;
import dev.clearspan.rpc.ServiceDefinition;
import dev.clearspan.rpc.ServiceDefinition.BoundMethod;
import dev.clearspan.rpc.ServiceDefinition.UnaryHandler;
import dev.clearspan.rpc.Status;
import dev.clearspan.tracing.testing.CollectedSpan;
import dev.clearspan.tracing.testing.CollectorFixture;
import io.opentelemetry.api.trace.Span;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Storefront calls orders, which calls stock and then payments, each a server of its own, over real
 * connections. No trace is chosen at its root.
 */
final class TraceAcrossServersTest {
  private static final String FAIL = "fail";
  private static final int SPANS = 6;

  @RegisterExtension final CollectorFixture collector = new CollectorFixture();

  private final Deque<AutoCloseable> open = new ArrayDeque<>();

  @AfterEach
  void closeAll() throws Exception {
    for (AutoCloseable each : open) {
      each.close();
    }
  }

  @Test
  void aFailureAtTheEndIsFoundWithAllThatHappenedBefore() {
    RpcChannel orders = shop(Protocol.CLEARSPAN);
    String traceId = traceOfFailure(orders);

    assertWhole(traceId, collector.takeSpans(SPANS));
  }

  @Test
  void overGrpcAncestorsAreFoundToo() {
    RpcChannel orders = shop(Protocol.GRPC);
    String traceId = traceOfFailure(orders);

    // There is no COLLECT in gRPC: what stock answered before the failure stays there.
    List<CollectedSpan> spans = collector.takeSpans(SPANS - 1);
    assertThat(spans).extracting(CollectedSpan::traceId).containsOnly(traceId);
    assertThat(spans)
        .extracting(span -> span.resource().get("service.name"))
        .doesNotContain("stock");
  }

  @Test
  void oneInAHundredFailsAndEachIsFoundWhole() {
    RpcChannel orders = shop(Protocol.CLEARSPAN);
    Map<String, Integer> failures = new HashMap<>();
    Random chance = new Random(1);
    List<CompletableFuture<?>> calls = new ArrayList<>();
    for (int i = 0; i < 2_000; i++) {
      String order = chance.nextInt(100) == 0 ? FAIL : "go";
      CompletionStage<StringValue> reply =
          orders.callAsync(method("orders"), text(order), patient());
      calls.add(
          reply
              .handle(
                  (ok, failure) -> {
                    synchronized (failures) {
                      return failure == null ? null : failures.put(traceIdOf(failure), 0);
                    }
                  })
              .toCompletableFuture());
      if (calls.size() % 50 == 0) {
        CompletableFuture.allOf(calls.toArray(CompletableFuture[]::new)).join();
      }
    }
    assertThat(failures).hasSizeGreaterThan(5);

    List<CollectedSpan> spans = collector.takeSpans(SPANS * failures.size());
    spans.forEach(span -> failures.merge(span.traceId(), 1, Integer::sum));
    assertThat(failures.values()).containsOnly(SPANS);
  }

  /** A million calls interleaved on the loops of one process: none has another's parent. */
  @Test
  @Tag("full")
  void interleavedCallsNeverMixTheirTraces() {
    RpcChannel orders = shop(Protocol.CLEARSPAN);
    for (int round = 0; round < 5_000; round++) {
      List<CompletableFuture<StringValue>> calls = new ArrayList<>();
      for (int i = 0; i < 67; i++) {
        calls.add(
            orders.callAsync(method("orders"), text("check"), patient()).toCompletableFuture());
      }
      calls.forEach(call -> assertThat(call.join().getValue()).isEqualTo("same"));
    }
  }

  private void assertWhole(String traceId, List<CollectedSpan> spans) {
    assertThat(spans).extracting(CollectedSpan::traceId).containsOnly(traceId);
    assertThat(spans)
        .extracting(span -> span.resource().get("service.name") + " " + span.kind())
        .containsExactlyInAnyOrder(
            "storefront CLIENT",
            "orders SERVER",
            "orders CLIENT",
            "stock SERVER",
            "orders CLIENT",
            "payments SERVER");
    List<String> ids = spans.stream().map(CollectedSpan::spanId).toList();
    assertThat(spans.stream().filter(span -> !ids.contains(span.parentSpanId())))
        .as("roots")
        .hasSize(1);
  }

  private String traceOfFailure(RpcChannel orders) {
    try {
      orders.call(method("orders"), text(FAIL), patient());
      throw new AssertionError("the call went well");
    } catch (RpcException e) {
      return String.valueOf(e.traceId());
    }
  }

  private static String traceIdOf(Throwable failure) {
    Throwable cause = failure instanceof RpcException ? failure : failure.getCause();
    return String.valueOf(((RpcException) cause).traceId());
  }

  private RpcChannel shop(Protocol protocol) {
    RpcServer stock = server("stock", unsampled("stock"), TraceAcrossServersTest::ownTrace);
    RpcServer payments = server("payments", unsampled("payments"), request -> pay(request));
    TracingLedger ofOrders = unsampled("orders");
    RpcChannel toStock = channel("stock", stock, ofOrders, protocol);
    RpcChannel toPayments = channel("payments", payments, ofOrders, protocol);
    RpcServer orders =
        server(
            "orders",
            ofOrders,
            request -> {
              StringValue seen = toStock.call(method("stock"), request, patient());
              toPayments.call(method("payments"), request, patient());
              boolean same = seen.equals(ownTrace(request));
              return text(same ? "same" : "mixed");
            });
    return channel("orders", orders, unsampled("storefront"), protocol);
  }

  private static StringValue ownTrace(StringValue request) {
    return text(Span.current().getSpanContext().getTraceId());
  }

  private static StringValue pay(StringValue request) {
    if (request.getValue().equals(FAIL)) {
      throw new RpcException(Status.Code.FAILED_PRECONDITION, "no money");
    }
    return request;
  }

  private TracingLedger unsampled(String service) {
    return ledger(
        collector, service, "CLEARSPAN_TRACE_SAMPLE_RATE", "0", "OTEL_METRICS_EXPORTER", "none");
  }

  private RpcServer server(
      String name, TracingLedger ledger, UnaryHandler<StringValue, StringValue> handler) {
    RpcService service =
        () ->
            new ServiceDefinition("shop", List.of(BoundMethod.unary(method(name), handler)), null);
    RpcServer server = RpcServer.builder(name).port(0).ledger(ledger).service(service).start();
    open.addFirst(server);
    return server;
  }

  private RpcChannel channel(
      String name, RpcServer server, TracingLedger ledger, Protocol protocol) {
    RpcChannel channel =
        RpcChannel.builder(name)
            .target("127.0.0.1", server.port())
            .protocol(protocol)
            .ledger(ledger)
            .build();
    open.addFirst(channel);
    return channel;
  }

  private static MethodSpec<StringValue, StringValue> method(String name) {
    ProtobufCodec<StringValue> codec = ProtobufCodec.of(StringValue.getDefaultInstance());
    return new MethodSpec<>("shop/" + name, MethodKind.QUERY, false, codec, codec);
  }

  private static CallOptions patient() {
    return CallOptions.DEFAULT.withDeadline(Duration.ofSeconds(30));
  }

  private static StringValue text(String value) {
    return StringValue.of(value);
  }
}
