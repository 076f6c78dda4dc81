package dev.clearspan.protoc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.clearspan.protoc.golden.orders.Order;
import dev.clearspan.protoc.golden.orders.OrdersBase;
import dev.clearspan.protoc.golden.orders.OrdersClient;
import dev.clearspan.protoc.golden.orders.Receipt;
import dev.clearspan.rpc.Incoming;
import dev.clearspan.rpc.Metadata;
import dev.clearspan.rpc.MethodShape;
import dev.clearspan.rpc.Outgoing;
import dev.clearspan.rpc.RpcChannel;
import dev.clearspan.rpc.RpcException;
import dev.clearspan.rpc.RpcServer;
import dev.clearspan.rpc.RpcStream;
import dev.clearspan.rpc.Status;
import dev.clearspan.rpc.StreamReceiver;
import dev.clearspan.rpc.StreamSender;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Runs the golden sources' streaming forms between a real server and a real client. */
class GeneratedStreamsTest {
  private static final Order ORDER = Order.newBuilder().setOrderId("7").setQuantity(3).build();
  private static final AtomicBoolean CANCELLED = new AtomicBoolean();

  private static RpcServer server;
  private static RpcChannel channel;
  private static OrdersClient orders;

  private static final class OrderService extends OrdersBase {
    @Override
    protected void watch(Order request, Outgoing<Receipt> replies) {
      if (request.getOrderId().equals("none")) {
        throw new RpcException(Status.Code.NOT_FOUND, "no such order");
      }
      try {
        for (int i = 1; i <= request.getQuantity(); i++) {
          replies.send(receipt(request.getOrderId() + "/" + i));
        }
      } catch (RpcException e) {
        CANCELLED.set(true);
        throw e;
      }
    }

    @Override
    protected Receipt upload(Incoming<Order> requests) {
      StringBuilder all = new StringBuilder();
      for (Order each : requests) {
        all.append(each.getOrderId()).append(' ');
      }
      return receipt(all.toString().strip());
    }

    @Override
    protected void haggle(Incoming<Order> requests, Outgoing<Receipt> replies) {
      requests.forEach(each -> replies.send(receipt("no, " + each.getOrderId())));
    }
  }

  private static Receipt receipt(String id) {
    return Receipt.newBuilder().setReceiptId(id).build();
  }

  @BeforeAll
  static void start() {
    server = RpcServer.builder("orders").service(new OrderService()).start();
    channel = RpcChannel.builder("orders").target("127.0.0.1", server.port()).build();
    orders = OrdersClient.of(channel).withDeadline(Duration.ofSeconds(20));
  }

  @AfterAll
  static void stop() {
    channel.close();
    server.close();
  }

  @Test
  void specs_carryTheShape() {
    assertThat(OrdersClient.PLACE.shape()).isEqualTo(MethodShape.UNARY);
    assertThat(OrdersClient.WATCH.shape()).isEqualTo(MethodShape.SERVER_STREAMING);
    assertThat(OrdersClient.UPLOAD.shape()).isEqualTo(MethodShape.CLIENT_STREAMING);
    assertThat(OrdersClient.HAGGLE.shape()).isEqualTo(MethodShape.BIDI_STREAMING);
  }

  @Test
  void repliesOfAServerStream_areGoneThrough() {
    List<String> seen = new ArrayList<>();
    try (Incoming<Receipt> receipts = orders.watch(ORDER)) {
      receipts.forEach(each -> seen.add(each.getReceiptId()));
    }
    assertThat(seen).containsExactly("7/1", "7/2", "7/3");
  }

  @Test
  void failureOfAServerStream_isThrownByReceiving() {
    try (Incoming<Receipt> receipts = orders.watch(Order.newBuilder().setOrderId("none").build())) {
      RpcException error = catchThrowableOfType(RpcException.class, receipts::receive);
      assertThat(error.code()).isEqualTo(Status.Code.NOT_FOUND);
    }
  }

  @Test
  void closingTheReplies_endsTheHandler() {
    CANCELLED.set(false);
    Order endless = ORDER.toBuilder().setQuantity(Integer.MAX_VALUE).build();
    try (Incoming<Receipt> receipts = orders.watch(endless)) {
      assertThat(receipts.receive()).isEqualTo(receipt("7/1"));
    }
    await().untilTrue(CANCELLED);
  }

  @Test
  void clientStream_getsOneReply() {
    try (RpcStream<Order, Receipt> upload = orders.upload()) {
      upload.send(ORDER);
      upload.send(ORDER);
      assertThat(upload.finishAndReceive()).isEqualTo(receipt("7 7"));
    }
  }

  @Test
  void bothSides_talkInTurns() {
    try (RpcStream<Order, Receipt> haggle = orders.haggle()) {
      for (int i = 0; i < 5; i++) {
        haggle.send(Order.newBuilder().setOrderId("" + i).build());
        assertThat(haggle.receive()).isEqualTo(receipt("no, " + i));
      }
      haggle.finish();
      assertThat(haggle.receive()).isNull();
    }
  }

  @Test
  void streamThatIsNotOverridden_answersUnimplemented() {
    RpcServer bare = RpcServer.builder("orders").service(new OrdersBase() {}).start();
    try (RpcChannel to = RpcChannel.builder("orders").target("127.0.0.1", bare.port()).build();
        Incoming<Receipt> receipts = OrdersClient.of(to).watch(ORDER)) {
      assertThat(catchThrowableOfType(RpcException.class, receipts::receive))
          .hasMessageContaining("golden.Orders/Watch is not implemented");
    } finally {
      bare.close();
    }
  }

  @Test
  void asyncForms_hearRepliesAsRequested() throws Exception {
    Heard watched = new Heard();
    StreamSender<Order> watching = orders.watchAsync(ORDER, watched);
    watching.request(2);
    await().until(() -> watched.replies.size() == 2);
    watching.request(2);
    assertThat(watched.end.get(20, TimeUnit.SECONDS)).isEqualTo("OK");
    assertThat(watched.replies).containsExactly("7/1", "7/2", "7/3");

    Heard uploaded = new Heard();
    StreamSender<Order> uploading = orders.uploadAsync(uploaded);
    uploading.request(1);
    uploading.send(ORDER);
    uploading.finish();
    assertThat(uploaded.end.get(20, TimeUnit.SECONDS)).isEqualTo("OK");
    assertThat(uploaded.replies).containsExactly("7");
  }

  @Test
  void cancellingAnAsyncForm_endsIt() throws Exception {
    Heard heard = new Heard();
    StreamSender<Order> haggling = orders.haggleAsync(heard);
    haggling.cancel("too expensive");

    assertThat(heard.end.get(20, TimeUnit.SECONDS)).startsWith("CANCELLED");
  }

  private static final class Heard implements StreamReceiver<Receipt> {
    private final List<String> replies = new CopyOnWriteArrayList<>();
    private final CompletableFuture<String> end = new CompletableFuture<>();

    @Override
    public void message(Receipt message) {
      replies.add(message.getReceiptId());
    }

    @Override
    public void ended(@Nullable RpcException failure, Metadata trailers) {
      end.complete(failure == null ? "OK" : String.valueOf(failure.getMessage()));
    }
  }
}
