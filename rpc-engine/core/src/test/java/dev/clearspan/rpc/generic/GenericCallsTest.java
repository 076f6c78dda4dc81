package dev.clearspan.rpc.generic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.DynamicMessage;
import dev.clearspan.rpc.CallOptions;
import dev.clearspan.rpc.Incoming;
import dev.clearspan.rpc.Metadata;
import dev.clearspan.rpc.MethodSpec;
import dev.clearspan.rpc.Outgoing;
import dev.clearspan.rpc.RpcChannel;
import dev.clearspan.rpc.RpcException;
import dev.clearspan.rpc.RpcServer;
import dev.clearspan.rpc.RpcStream;
import dev.clearspan.rpc.ServiceDefinition;
import dev.clearspan.rpc.ServiceDefinition.BoundMethod;
import dev.clearspan.rpc.Status;
import dev.clearspan.rpc.StreamReceiver;
import dev.clearspan.rpc.StreamSender;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** JSON in, JSON out, over a real connection to a server that knows the same descriptors. */
class GenericCallsTest {
  private static final DescriptorPool POOL = DescriptorPool.of(ShopFiles.set());

  private static RpcServer server;
  private static RpcChannel channel;
  private static GenericCalls calls;

  @BeforeAll
  static void start() {
    server = RpcServer.builder("orders").service(GenericCallsTest::orders).start();
    channel = RpcChannel.builder("orders").target("127.0.0.1", server.port()).build();
    calls = GenericCalls.of(channel, POOL);
  }

  @AfterAll
  static void stop() {
    channel.close();
    server.close();
  }

  private static ServiceDefinition orders() {
    return new ServiceDefinition(
        "shop.Orders",
        List.of(
            BoundMethod.unary(spec("Place"), order -> order),
            BoundMethod.unary(
                spec("Find"),
                order -> {
                  throw new RpcException(Status.Code.NOT_FOUND, "no such order");
                }),
            BoundMethod.serverStreaming(spec("Watch"), GenericCallsTest::watch),
            BoundMethod.clientStreaming(spec("Upload"), GenericCallsTest::upload),
            BoundMethod.bidiStreaming(
                spec("Haggle"), (requests, replies) -> requests.forEach(replies::send))),
        null);
  }

  private static void watch(DynamicMessage order, Outgoing<DynamicMessage> replies) {
    FieldDescriptor lines = order.getDescriptorForType().findFieldByName("lines");
    for (int i = 0; i < order.getRepeatedFieldCount(lines); i++) {
      replies.send((DynamicMessage) order.getRepeatedField(lines, i));
    }
  }

  private static DynamicMessage upload(Incoming<DynamicMessage> requests) {
    Descriptor order = POOL.method("shop.Orders/Upload").descriptor().getOutputType();
    DynamicMessage.Builder whole = DynamicMessage.newBuilder(order);
    requests.forEach(line -> whole.addRepeatedField(order.findFieldByName("lines"), line));
    return whole.build();
  }

  private static MethodSpec<DynamicMessage, DynamicMessage> spec(String method) {
    return POOL.method("shop.Orders/" + method).spec();
  }

  private static String place(String json) {
    return calls.call("shop.Orders/Place", json, CallOptions.DEFAULT);
  }

  @Test
  void unaryCall_takesAndGivesJson() {
    assertThat(
            place("{\"order_id\": \"7\", \"lines\": [{\"item\": \"tea\", \"quantity\": \"2\"}]}"))
        .isEqualTo("{\"orderId\":\"7\",\"lines\":[{\"item\":\"tea\",\"quantity\":2}]}");
  }

  @Test
  void asyncCall_givesJson() {
    assertThat(
            calls
                .callAsync("shop.Orders/Place", "{\"orderId\":\"8\"}", CallOptions.DEFAULT)
                .toCompletableFuture()
                .join())
        .isEqualTo("{\"orderId\":\"8\"}");
  }

  @Test
  void anyOfATypeInTheSet_isReadAndWritten() {
    String order =
        "{\"note\":{\"@type\":\"type.googleapis.com/shop.Line\",\"item\":\"tea\",\"quantity\":1}}";

    assertThat(place(order)).isEqualTo(order);
  }

  @Test
  void failure_isThatOfTheCall() {
    RpcException error =
        catchThrowableOfType(
            RpcException.class, () -> calls.call("shop.Orders/Find", "{}", CallOptions.DEFAULT));

    assertThat(error.code()).isEqualTo(Status.Code.NOT_FOUND);
    assertThat(error).hasMessageContaining("method=shop.Orders/Find");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"orderr\": 1} | orderr",
        "{\"orderId\": {}} | orderId",
        "{\"lines\": [{\"item\": \"a\"}, {\"quantity\": \"two\"}]} | lines[1].quantity",
        "{\"lines\": [{}, {\"colour\": \"red\"}]} | lines[1].colour",
        "{\"lines\": 7} | lines",
        "{\"placed\": \"yesterday\"} | placed",
        "{\"note\": {\"@type\": \"type.googleapis.com/shop.Gone\"}} | note"
      })
  void jsonThatDoesNotFit_namesTheField(String json, String field) {
    InvalidJsonException error =
        catchThrowableOfType(InvalidJsonException.class, () -> place(json));

    assertThat(error.field()).isEqualTo(field);
    assertThat(error)
        .hasMessageStartingWith("request of shop.Orders/Place: field " + field + ": ")
        .hasMessageEndingWith("(expected: JSON of shop.Order)");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"{", "nonsense", "[]", "{\"orderId\": \"7\"", "7"})
  void textThatIsNoJsonObject_isRefusedWithoutAField(String text) {
    InvalidJsonException error =
        catchThrowableOfType(InvalidJsonException.class, () -> place(text));

    assertThat(error.field()).isEmpty();
  }

  @Test
  void bottomlessJson_isRefused() {
    assertThatThrownBy(() -> place("{\"lines\":" + "[".repeat(200_000)))
        .isInstanceOf(InvalidJsonException.class);
    assertThatThrownBy(() -> place("{\"a\":".repeat(200_000)))
        .isInstanceOf(InvalidJsonException.class);
  }

  @Test
  void streamingMethod_isNotCalledAsUnary() {
    assertThatThrownBy(() -> calls.call("shop.Orders/Watch", "{}", CallOptions.DEFAULT))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("SERVER_STREAMING (expected: UNARY; use open)");
  }

  @Test
  void serverStream_givesJsonOneByOne() {
    try (RpcStream<String, String> watch = calls.open("shop.Orders/Watch", CallOptions.DEFAULT)) {
      watch.send("{\"lines\":[{\"item\":\"a\"},{\"item\":\"b\"}]}");
      watch.finish();

      assertThat(watch).containsExactly("{\"item\":\"a\"}", "{\"item\":\"b\"}");
    }
  }

  @Test
  void clientStream_takesJsonOneByOneAndSurvivesABadOne() {
    try (RpcStream<String, String> upload = calls.open("shop.Orders/Upload", CallOptions.DEFAULT)) {
      upload.send("{\"item\":\"a\"}");
      assertThatThrownBy(() -> upload.send("{\"colour\":1}"))
          .isInstanceOf(InvalidJsonException.class);
      upload.send("{\"item\":\"b\"}");

      assertThat(upload.finishAndReceive())
          .isEqualTo("{\"lines\":[{\"item\":\"a\"},{\"item\":\"b\"}]}");
    }
  }

  @Test
  void openCallWithoutWaiting_hearsJson() throws Exception {
    List<String> heard = new CopyOnWriteArrayList<>();
    CompletableFuture<String> end = new CompletableFuture<>();
    StreamSender<String> haggle =
        calls.open(
            "shop.Orders/Haggle",
            CallOptions.DEFAULT.withDeadline(Duration.ofSeconds(20)),
            new StreamReceiver<>() {
              @Override
              public void message(String message) {
                heard.add(message);
              }

              @Override
              public void ended(@Nullable RpcException failure, Metadata trailers) {
                end.complete(String.valueOf(failure));
              }
            });
    haggle.request(10);
    haggle.send("{\"quantity\":1}");
    haggle.send("{\"quantity\":2}");
    haggle.finish();

    assertThat(end.get(20, TimeUnit.SECONDS)).isEqualTo("null");
    assertThat(heard).containsExactly("{\"quantity\":1}", "{\"quantity\":2}");
  }

  @Test
  void unaryMethod_canBeOpenedToo() {
    try (RpcStream<String, String> place = calls.open("shop.Orders/Place", CallOptions.DEFAULT)) {
      place.send("{\"orderId\":\"9\"}");

      assertThat(place.finishAndReceive()).isEqualTo("{\"orderId\":\"9\"}");
    }
  }
}
