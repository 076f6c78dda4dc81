package dev.clearspan.tracing;

import static dev.clearspan.tracing.Hops.method;
import static dev.clearspan.tracing.Hops.patient;
import static dev.clearspan.tracing.Hops.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.StringValue;
import dev.clearspan.rpc.Protocol;
import dev.clearspan.rpc.RpcChannel;
import dev.clearspan.rpc.RpcException;
import dev.clearspan.rpc.RpcServer;
import dev.clearspan.rpc.Status;
import dev.clearspan.tracing.testing.CollectedSpan;
import dev.clearspan.tracing.testing.CollectorFixture;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Storefront calls orders, which calls stock and then payments, each a server of its own, over real
 * connections. No trace is chosen at its root.
 */
final class TraceAcrossServersTest {
  private static final String ORDERS = "orders";
  private static final String STOCK = "stock";
  private static final String PAYMENTS = "payments";
  private static final String FAIL = "fail";
  private static final int SPANS = 6;

  @RegisterExtension final CollectorFixture collector = new CollectorFixture();

  private final Hops hops = new Hops(collector, Protocol.CLEARSPAN, "0");

  @AfterEach
  void closeAll() throws Exception {
    hops.close();
  }

  @Test
  void aFailureAtTheEndIsFoundWithAllThatHappenedBefore() {
    RpcChannel orders = shop();
    String traceId = traceOfFailure(orders);

    assertWhole(traceId, collector.takeSpans(SPANS));
  }

  @Test
  void oneInAHundredFailsAndEachIsFoundWhole() {
    RpcChannel orders = shop();
    Map<String, Integer> failures = new HashMap<>();
    Random chance = new Random(1);
    List<CompletableFuture<?>> calls = new ArrayList<>();
    for (int i = 0; i < 2_000; i++) {
      String order = chance.nextInt(100) == 0 ? FAIL : "go";
      CompletionStage<StringValue> reply = orders.callAsync(method(ORDERS), text(order), patient());
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
      orders.call(method(ORDERS), text(FAIL), patient());
      throw new AssertionError("the call went well");
    } catch (RpcException e) {
      return String.valueOf(e.traceId());
    }
  }

  private static String traceIdOf(Throwable failure) {
    Throwable cause = failure instanceof RpcException ? failure : failure.getCause();
    if (cause instanceof RpcException rpc) {
      return String.valueOf(rpc.traceId());
    }
    throw new AssertionError("no RpcException", failure);
  }

  private RpcChannel shop() {
    RpcServer stock = hops.serve(STOCK, hops.ledger(STOCK), order -> order);
    RpcServer payments = hops.serve(PAYMENTS, hops.ledger(PAYMENTS), request -> pay(request));
    TracingLedger ofOrders = hops.ledger(ORDERS);
    RpcChannel toStock = hops.channel(STOCK, stock, ofOrders);
    RpcChannel toPayments = hops.channel(PAYMENTS, payments, ofOrders);
    RpcServer orders =
        hops.serve(
            ORDERS,
            ofOrders,
            order -> {
              toStock.call(method(STOCK), order, patient());
              return toPayments.call(method(PAYMENTS), order, patient());
            });
    return hops.channel(ORDERS, orders, hops.ledger("storefront"));
  }

  private static StringValue pay(StringValue request) {
    if (request.getValue().equals(FAIL)) {
      throw new RpcException(Status.Code.FAILED_PRECONDITION, "no money");
    }
    return request;
  }
}
