package dev.clearspan.rpc.internal.inprocess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.StringValue;
import dev.clearspan.rpc.Call;
import dev.clearspan.rpc.CallOptions;
import dev.clearspan.rpc.Limit;
import dev.clearspan.rpc.Limits;
import dev.clearspan.rpc.Metadata;
import dev.clearspan.rpc.MethodKind;
import dev.clearspan.rpc.MethodSpec;
import dev.clearspan.rpc.RpcChannel;
import dev.clearspan.rpc.RpcException;
import dev.clearspan.rpc.RpcServer;
import dev.clearspan.rpc.ServiceDefinition;
import dev.clearspan.rpc.ServiceDefinition.BoundMethod;
import dev.clearspan.rpc.Status;
import dev.clearspan.rpc.TextCodec;
import dev.clearspan.rpc.server.EchoService;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A channel and a server of one process: everything as over a socket, but for the socket. */
class InProcessTest {
  private static final MethodSpec<StringValue, StringValue> WHO = EchoService.method("Who");
  private static final MethodSpec<StringValue, StringValue> FLAKY = EchoService.method("Flaky");

  private final EchoService echo = new EchoService();
  private final AtomicInteger flaky = new AtomicInteger();
  private RpcServer server;
  private RpcChannel channel;

  @BeforeEach
  void start() {
    server =
        RpcServer.builder("echo")
            .limits(Limits.DEFAULT.with(Limit.MESSAGE_BYTES, 10_000))
            .service(this::services)
            .start();
    channel = RpcChannel.builder("echo").inProcess(server).build();
  }

  @AfterEach
  void stop() {
    channel.close();
    server.close();
  }

  private ServiceDefinition services() {
    List<BoundMethod<?, ?>> methods = new ArrayList<>(echo.definition().methods());
    methods.add(BoundMethod.unary(WHO, InProcessTest::who));
    methods.add(BoundMethod.unary(FLAKY, this::flaky));
    return new ServiceDefinition("test.Echo", methods, null);
  }

  private static StringValue who(StringValue request) {
    Call call = Objects.requireNonNull(Call.current());
    return text(
        call.spec().metadata().first("tenant")
            + " until "
            + (call.spec().deadline().remainingNanos(System.nanoTime()) > 0));
  }

  private StringValue flaky(StringValue request) {
    if (flaky.incrementAndGet() < 3) {
      throw new RpcException(Status.Code.UNAVAILABLE, "not now");
    }
    return request;
  }

  private static StringValue text(String value) {
    return StringValue.of(value);
  }

  private RpcException failure(MethodSpec<StringValue, StringValue> method, String request) {
    return catchThrowableOfType(
        RpcException.class, () -> channel.call(method, text(request), CallOptions.DEFAULT));
  }

  @Test
  void aReplyIsACopyOfWhatTheHandlerReturned() {
    StringValue request = text("hello");
    StringValue reply = channel.call(EchoService.ECHO, request, CallOptions.DEFAULT);

    assertThat(reply).isEqualTo(request).isNotSameAs(request);
  }

  @Test
  void metadataAndDeadlineReachTheHandler() {
    CallOptions options = CallOptions.DEFAULT.withMetadata(Metadata.EMPTY.with("tenant", "blue"));

    assertThat(channel.call(WHO, text(""), options).getValue()).isEqualTo("blue until true");
  }

  @Test
  void aFailureIsTheServersWord() {
    RpcException error = failure(EchoService.FAIL, "x");

    assertThat(error.code()).isEqualTo(Status.Code.NOT_FOUND);
    assertThat(error.origin()).isEqualTo(RpcException.Origin.REMOTE);
    assertThat(error).hasMessageContaining("no such thing: x").hasMessageContaining("in-process");
  }

  @Test
  void anUnknownMethodIsNamed() {
    RpcException error = failure(EchoService.MISSING, "x");

    assertThat(error.code()).isEqualTo(Status.Code.UNIMPLEMENTED);
    assertThat(error).hasMessageContaining("unknown method test.Echo/Missing");
  }

  @Test
  void anotherCodecIsRefused() {
    MethodSpec<String, String> asText = TextCodec.method("test.Echo/Echo", MethodKind.QUERY, false);
    RpcException error =
        catchThrowableOfType(
            RpcException.class, () -> channel.call(asText, "x", CallOptions.DEFAULT));

    assertThat(error.code()).isEqualTo(Status.Code.UNIMPLEMENTED);
    assertThat(error).hasMessageContaining("codec of test.Echo/Echo: text (expected: proto)");
  }

  @Test
  void messagesOverTheLimitAreRefused() {
    assertThat(failure(EchoService.ECHO, "x".repeat(10_000)).code())
        .isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
    assertThat(echo.handled).hasValue(0);
  }

  @Test
  void retriesAndTheirRecordsAreAsOnAWire() {
    assertThat(
            channel
                .call(FLAKY, text("x"), CallOptions.DEFAULT.withDeadline(Duration.ofSeconds(20)))
                .getValue())
        .isEqualTo("x");
    assertThat(flaky).hasValue(3);
  }

  @Test
  void theDeadlineInterruptsTheHandler() {
    RpcException error =
        catchThrowableOfType(
            RpcException.class,
            () ->
                channel.call(
                    EchoService.BLOCK,
                    text("x"),
                    CallOptions.DEFAULT.withDeadline(Duration.ofMillis(200))));

    assertThat(error.code()).isEqualTo(Status.Code.DEADLINE_EXCEEDED);
    await().untilAsserted(() -> assertThat(echo.interrupted).hasValue(1));
    await().untilAsserted(() -> assertThat(server.inFlight()).isZero());
  }

  @Test
  void cancellingReachesTheHandler() {
    CompletableFuture<StringValue> call =
        channel
            .callAsync(
                EchoService.BLOCK,
                text("x"),
                CallOptions.DEFAULT.withDeadline(Duration.ofSeconds(60)))
            .toCompletableFuture();
    await().until(() -> echo.handled.get() == 1);
    call.cancel(true);

    await().untilAsserted(() -> assertThat(echo.interrupted).hasValue(1));
    assertThat(echo.sawCancelled).isTrue();
    await().untilAsserted(() -> assertThat(echo.hooked).hasValue(1));
  }

  @Test
  void aDrainingServerTakesNoMoreCalls() {
    channel.call(EchoService.ECHO, text("x"), CallOptions.DEFAULT);
    server.drain();

    RpcException error = failure(EchoService.ECHO, "y");
    assertThat(error.code()).isEqualTo(Status.Code.UNAVAILABLE);
    assertThat(error).hasMessageContaining("draining");
    assertThat(echo.handled).hasValue(1);
  }
}
