package dev.clearspan.protoc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clearspan.protoc.golden.awkward.WordsBase;
import dev.clearspan.protoc.golden.awkward.WordsClient;
import dev.clearspan.protoc.golden.awkward.WordsOuterClass.Awkward;
import dev.clearspan.protoc.golden.orders.Order;
import dev.clearspan.protoc.golden.orders.OrdersBase;
import dev.clearspan.protoc.golden.orders.OrdersClient;
import dev.clearspan.protoc.golden.orders.OrdersOuterClass;
import dev.clearspan.protoc.golden.orders.Receipt;
import dev.clearspan.rpc.CallOptions;
import dev.clearspan.rpc.Metadata;
import dev.clearspan.rpc.MethodKind;
import dev.clearspan.rpc.MethodSpec;
import dev.clearspan.rpc.RpcException;
import dev.clearspan.rpc.ServiceDefinition;
import dev.clearspan.rpc.Status;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

/** Runs the golden sources: a client calls a base's subclass. */
class GeneratedCodeTest {
  private static final Order ORDER = Order.newBuilder().setOrderId("7").setQuantity(2).build();

  private static final class OrderService extends OrdersBase {
    @Override
    protected Receipt place(Order request) {
      return Receipt.newBuilder()
          .setReceiptId(request.getOrderId() + "x" + request.getQuantity())
          .build();
    }
  }

  private final LoopbackChannel channel = new LoopbackChannel(new OrderService());
  private final OrdersClient client = OrdersClient.of(channel);

  @Test
  void blockingAndAsyncCalls_reachTheOverriddenMethod() {
    assertThat(client.place(ORDER).getReceiptId()).isEqualTo("7x2");
    assertThat(client.placeAsync(ORDER).toCompletableFuture().join().getReceiptId())
        .isEqualTo("7x2");
  }

  @Test
  void methodThatIsNotOverridden_answersUnimplementedAndNamesItself() {
    assertThatThrownBy(() -> client.find(ORDER))
        .isInstanceOfSatisfying(
            RpcException.class,
            e -> {
              assertThat(e.code()).isEqualTo(Status.Code.UNIMPLEMENTED);
              assertThat(e).hasMessageContaining("golden.Orders/Find");
            });
    assertThatThrownBy(() -> client.findAsync(ORDER).toCompletableFuture().join())
        .isInstanceOf(CompletionException.class)
        .hasCauseInstanceOf(RpcException.class);
  }

  @Test
  void optionsOfAClient_goWithEachCallAndLeaveTheOriginalAlone() {
    CallOptions options = CallOptions.DEFAULT.withMetadata(Metadata.EMPTY.with("tenant", "a"));
    client.with(options).withDeadline(Duration.ofMillis(250)).place(ORDER);
    client.place(ORDER);
    assertThat(channel.seen)
        .containsExactly(options.withDeadline(Duration.ofMillis(250)), CallOptions.DEFAULT);
  }

  @Test
  void methodSpecs_carryKindAndIdempotencyOfTheProto() {
    assertSpec(OrdersClient.PLACE, MethodKind.WRITE, true);
    assertSpec(OrdersClient.FIND, MethodKind.QUERY, true);
    assertSpec(OrdersClient.CHARGE_AT_BANK, MethodKind.EXTERNAL, false);
  }

  private static void assertSpec(MethodSpec<?, ?> spec, MethodKind kind, boolean idempotent) {
    assertThat(spec.kind()).isEqualTo(kind);
    assertThat(spec.idempotent()).isEqualTo(idempotent);
  }

  @Test
  void definition_bindsMethodsInOrderAndCarriesTheDescriptor() {
    ServiceDefinition definition = new OrderService().definition();
    assertThat(definition.name()).isEqualTo("golden.Orders");
    assertThat(definition.methods())
        .extracting(bound -> bound.method().methodName())
        .containsExactly("Place", "Find", "ChargeAtBank", "Watch", "Upload", "Haggle");
    assertThat(definition.file()).isSameAs(OrdersOuterClass.getDescriptor());
  }

  @Test
  void clashingMethodNames_stayApart() {
    WordsBase words =
        new WordsBase() {
          @Override
          protected Awkward getAsync_(Awkward request) {
            return request;
          }
        };
    WordsClient client = WordsClient.of(new LoopbackChannel(words));
    Awkward message = Awkward.getDefaultInstance();
    assertThat(client.getAsync_(message)).isEqualTo(message);
    assertThatThrownBy(() -> client.get(message)).hasMessageContaining("golden.awkward.Words/Get ");
  }
}
