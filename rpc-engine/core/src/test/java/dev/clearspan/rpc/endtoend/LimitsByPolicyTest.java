package dev.clearspan.rpc.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.StringValue;
import com.google.protobuf.util.JsonFormat;
import dev.clearspan.protocol.ServicePolicy;
import dev.clearspan.rpc.CallOptions;
import dev.clearspan.rpc.Criticality;
import dev.clearspan.rpc.MethodSpec;
import dev.clearspan.rpc.Protocol;
import dev.clearspan.rpc.RpcChannel;
import dev.clearspan.rpc.RpcException;
import dev.clearspan.rpc.RpcServer;
import dev.clearspan.rpc.Status.Code;
import dev.clearspan.rpc.client.ChannelBuilder;
import dev.clearspan.rpc.control.FakeRegistry;
import dev.clearspan.rpc.server.EchoService;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A service's limit policy at its own server, whatever the calls come in, changed while it runs.
 */
class LimitsByPolicyTest {
  private static final String ONCE =
      "\"retry\": {\"maxAttempts\": 1}, \"deadline\": {\"timeout\": \"30s\"}";

  private final FakeRegistry registry = new FakeRegistry("orders", "storefront");
  private final EchoService echo = new EchoService();
  private RpcServer server;
  private RpcChannel channel;

  /** What calls come in. */
  enum Wire {
    FRAMES,
    GRPC,
    IN_PROCESS
  }

  @BeforeEach
  void start() {
    server = RpcServer.builder("orders").service(echo).registry(registry).start();
  }

  @AfterEach
  void stop() {
    echo.release.countDown();
    if (channel != null) {
      channel.close();
    }
    server.close();
  }

  @ParameterizedTest
  @EnumSource(Wire.class)
  void aCallersConcurrencyOfAMethodIsLimitedAndChangedLive(Wire wire) {
    document("{\"service\": {%s}, \"methods\": {\"test.Echo/Block\": {%s}}}", ONCE, fixed(1));
    open(wire);
    block(1);

    RpcException refused = failure(EchoService.BLOCK);
    assertThat(refused.code()).isEqualTo(Code.RESOURCE_EXHAUSTED);
    assertThat(refused)
        .hasMessageContaining("calls in flight of caller storefront: at most 1 here")
        .hasMessageContaining("methods[\"test.Echo/Block\"].limit.fixed[0]");
    assertThat(echo.handled).hasValue(1);
    assertThat(call(EchoService.ECHO)).isEqualTo("x");

    document("{\"service\": {%s}, \"methods\": {\"test.Echo/Block\": {%s}}}", ONCE, fixed(2));
    block(1);
    await().untilAsserted(() -> assertThat(echo.handled).hasValue(3));
    assertThat(failure(EchoService.BLOCK).code()).isEqualTo(Code.RESOURCE_EXHAUSTED);

    document("{\"service\": {%s}}", ONCE);
    block(1);
    await().untilAsserted(() -> assertThat(echo.handled).hasValue(4));
  }

  @ParameterizedTest
  @EnumSource(Wire.class)
  void theAdaptiveLimitHasItsBoundsFromThePolicy(Wire wire) {
    document("{\"service\": {%s, \"limit\": {\"adaptive\": {\"min\": 4, \"max\": 4}}}}", ONCE);
    open(wire);
    block(3);

    RpcException lesser = failure(EchoService.ECHO, Criticality.SHEDDABLE);
    assertThat(lesser.code()).isEqualTo(Code.UNAVAILABLE);
    assertThat(lesser)
        .hasMessageContaining("the adaptive limit of calls in handlers is 3")
        .hasMessageContaining("limit.adaptive");
    block(1); // critical: there is one place more
    assertThat(failure(EchoService.ECHO, Criticality.CRITICAL).code()).isEqualTo(Code.UNAVAILABLE);
    await()
        .untilAsserted(
            () ->
                assertThat(
                        channel
                            .call(
                                EchoService.ECHO,
                                StringValue.of("x"),
                                CallOptions.DEFAULT.withCriticality(Criticality.CRITICAL_PLUS))
                            .getValue())
                    .isEqualTo("x"));

    document(
        "{\"service\": {%s, \"limit\": {\"adaptive\": {\"enabled\": false, \"max\": 4}}}}", ONCE);
    assertThat(call(EchoService.ECHO)).isEqualTo("x");
  }

  @ParameterizedTest
  @EnumSource(Wire.class)
  void aClientThatIsRefusedALotThrottlesItself(Wire wire) {
    document(
        "{\"service\": {%s, \"limit\": {\"fixed\":"
            + " [{\"caller\": \"storefront\", \"rate\": 0.001, \"burst\": 1}]}}}",
        ONCE);
    open(wire);
    assertThat(call(EchoService.ECHO)).isEqualTo("x");

    int throttled = 0;
    for (int i = 0; i < 300; i++) {
      RpcException refused = failure(EchoService.ECHO);
      assertThat(refused.code()).isEqualTo(Code.RESOURCE_EXHAUSTED);
      assertThat(refused).hasMessageContaining("limit.");
      throttled += String.valueOf(refused.getMessage()).contains("throttled: ") ? 1 : 0;
    }
    assertThat(throttled).isGreaterThan(100);
    assertThat(echo.handled).hasValue(1);
  }

  @Test
  void connectIsToldWhichLimitAndWhenToComeAgain() throws Exception {
    document("{\"service\": {\"limit\": {\"fixed\": [{\"rate\": 0.01, \"burst\": 1}]}}}");

    assertThat(post().statusCode()).isEqualTo(200);
    HttpResponse<String> refused = post();
    assertThat(refused.statusCode()).isEqualTo(429);
    assertThat(refused.headers().firstValue("clearspan-limit")).hasValue("rate");
    assertThat(refused.headers().firstValueAsLong("retry-after").orElseThrow())
        .isBetween(90L, 101L);
    assertThat(refused.body())
        .contains("resource_exhausted")
        .contains("calls of callers that do not say who they are: at most 0.01")
        .contains("service.limit.fixed[0]");
    assertThat(echo.handled).hasValue(1);
  }

  @Test
  void aDocumentOutOfRangeChangesNothing() {
    document("{\"service\": {%s, \"limit\": {\"fixed\": [{\"concurrency\": 1}]}}}", ONCE);
    open(Wire.FRAMES);
    block(1);

    assertThatThrownBy(
            () -> document("{\"service\": {\"limit\": {\"fixed\": [{\"concurrency\": -1}]}}}"))
        .hasMessageContaining("service.limit.fixed[0].concurrency: -1 (expected: 1 to 1000000)");
    assertThat(failure(EchoService.ECHO).code()).isEqualTo(Code.RESOURCE_EXHAUSTED);
  }

  private static String fixed(int concurrency) {
    return "\"limit\": {\"fixed\": [{\"caller\": \"storefront\", \"concurrency\": %d}]}"
        .formatted(concurrency);
  }

  private void document(String json, Object... values) {
    ServicePolicy.Builder document = ServicePolicy.newBuilder();
    try {
      JsonFormat.parser().merge(json.formatted(values), document);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalArgumentException(json, e);
    }
    registry.policy(document.build());
  }

  private void open(Wire wire) {
    ChannelBuilder builder = RpcChannel.builder("orders").registry(registry);
    channel =
        switch (wire) {
          case FRAMES -> builder.protocol(Protocol.CLEARSPAN).build();
          case GRPC -> builder.protocol(Protocol.GRPC).build();
          case IN_PROCESS -> builder.transport(server.inProcess()).build();
        };
  }

  private void block(int calls) {
    int before = echo.handled.get();
    for (int i = 0; i < calls; i++) {
      CompletableFuture<StringValue> unused =
          channel
              .callAsync(EchoService.BLOCK, StringValue.of("x"), CallOptions.DEFAULT)
              .toCompletableFuture();
    }
    await().untilAsserted(() -> assertThat(echo.handled).hasValue(before + calls));
  }

  private String call(MethodSpec<StringValue, StringValue> method) {
    return channel.call(method, StringValue.of("x"), CallOptions.DEFAULT).getValue();
  }

  private RpcException failure(MethodSpec<StringValue, StringValue> method) {
    return failure(method, Criticality.CRITICAL);
  }

  private RpcException failure(
      MethodSpec<StringValue, StringValue> method, Criticality criticality) {
    CallOptions options = CallOptions.DEFAULT.withCriticality(criticality);
    return catchThrowableOfType(
        RpcException.class, () -> channel.call(method, StringValue.of("x"), options));
  }

  private HttpResponse<String> post() throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/test.Echo/Echo"))
            .timeout(Duration.ofSeconds(30))
            .header("content-type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString("\"x\"", StandardCharsets.UTF_8))
            .build();
    return HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .build()
        .send(request, HttpResponse.BodyHandlers.ofString());
  }
}
