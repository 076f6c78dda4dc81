package dev.clearspan.tracing;

import static dev.clearspan.tracing.Hops.method;
import static dev.clearspan.tracing.Hops.patient;
import static dev.clearspan.tracing.Hops.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.StringValue;
import dev.clearspan.rpc.Protocol;
import dev.clearspan.rpc.RpcChannel;
import dev.clearspan.rpc.RpcException;
import dev.clearspan.rpc.RpcServer;
import dev.clearspan.rpc.Status;
import dev.clearspan.tracing.testing.CollectedSpan;
import dev.clearspan.tracing.testing.CollectorFixture;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * What is kept of a failed call whose hops speak gRPC, which has no COLLECT. Storefront calls
 * orders; orders calls stock, which calls the shelf, then payments, which fails, then refunds.
 */
final class KeptOverGrpcTest {
  private static final String SHELF = "shelf";
  private static final String STOCK = "stock";
  private static final String ORDERS = "orders";
  private static final String PAYMENTS = "payments";
  private static final String REFUNDS = "refunds";

  private static final List<String> ON_THE_WAY_AND_AFTER =
      List.of(
          "storefront CLIENT shop/orders",
          "orders SERVER shop/orders",
          "orders CLIENT shop/stock",
          "orders CLIENT shop/payments",
          "payments SERVER shop/payments",
          "orders CLIENT shop/refunds",
          "refunds SERVER shop/refunds");
  private static final List<String> ENDED_WELL_BEFORE =
      List.of("stock SERVER shop/stock", "stock CLIENT shop/shelf", "shelf SERVER shop/shelf");

  @RegisterExtension final CollectorFixture collector = new CollectorFixture();

  @Test
  void calleesThatAnsweredBeforeTheFailureAreMissing_andTheSpanAboveThemSaysSo() throws Exception {
    List<CollectedSpan> spans = spansOfFailure(Protocol.GRPC, ON_THE_WAY_AND_AFTER.size());

    assertThat(spans)
        .extracting(KeptOverGrpcTest::words)
        .containsExactlyInAnyOrderElementsOf(ON_THE_WAY_AND_AFTER);
    assertThat(spans.stream().filter(KeptOverGrpcTest::isPartial))
        .extracting(KeptOverGrpcTest::words)
        .containsExactly("orders CLIENT shop/stock");
  }

  @Test
  void inFramesTheSameCallIsWhole() throws Exception {
    List<String> all = new ArrayList<>(ON_THE_WAY_AND_AFTER);
    all.addAll(ENDED_WELL_BEFORE);
    List<CollectedSpan> spans = spansOfFailure(Protocol.CLEARSPAN, all.size());

    assertThat(spans).extracting(KeptOverGrpcTest::words).containsExactlyInAnyOrderElementsOf(all);
    assertThat(spans).noneMatch(KeptOverGrpcTest::isPartial);
  }

  /** The spans of one call, none of which was chosen at its root. */
  private List<CollectedSpan> spansOfFailure(Protocol protocol, int count) throws Exception {
    try (Hops hops = new Hops(collector, protocol, "0")) {
      RpcChannel orders = shop(hops);
      assertThatThrownBy(() -> orders.call(method(ORDERS), text("7"), patient()))
          .isInstanceOf(RpcException.class);
      List<CollectedSpan> spans = collector.takeSpans(count);
      assertThat(spans).extracting(CollectedSpan::traceId).containsOnly(spans.get(0).traceId());
      return spans;
    }
  }

  private static RpcChannel shop(Hops hops) {
    RpcServer shelf = hops.serve(SHELF, hops.ledger(SHELF), request -> request);
    RpcServer refunds = hops.serve(REFUNDS, hops.ledger(REFUNDS), request -> request);
    RpcServer payments = hops.serve(PAYMENTS, hops.ledger(PAYMENTS), KeptOverGrpcTest::refuse);
    TracingLedger ofStock = hops.ledger(STOCK);
    RpcChannel toShelf = hops.channel(SHELF, shelf, ofStock);
    RpcServer stock =
        hops.serve(STOCK, ofStock, order -> toShelf.call(method(SHELF), order, patient()));
    TracingLedger ofOrders = hops.ledger(ORDERS);
    RpcChannel toStock = hops.channel(STOCK, stock, ofOrders);
    RpcChannel toPayments = hops.channel(PAYMENTS, payments, ofOrders);
    RpcChannel toRefunds = hops.channel(REFUNDS, refunds, ofOrders);
    RpcServer orders =
        hops.serve(
            ORDERS,
            ofOrders,
            order -> {
              toStock.call(method(STOCK), order, patient());
              try {
                return toPayments.call(method(PAYMENTS), order, patient());
              } catch (RpcException e) {
                toRefunds.call(method(REFUNDS), order, patient());
                throw e;
              }
            });
    return hops.channel(ORDERS, orders, hops.ledger("storefront"));
  }

  private static StringValue refuse(StringValue order) {
    throw new RpcException(Status.Code.FAILED_PRECONDITION, "no money");
  }

  private static String words(CollectedSpan span) {
    return span.service() + " " + span.kind() + " " + span.name();
  }

  private static boolean isPartial(CollectedSpan span) {
    return Boolean.TRUE.equals(span.attributes().get("clearspan.partial"));
  }
}
