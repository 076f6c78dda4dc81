package dev.clearspan.rpc.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clearspan.rpc.CallOptions;
import dev.clearspan.rpc.Metadata;
import dev.clearspan.rpc.MethodKind;
import dev.clearspan.rpc.MethodShape;
import dev.clearspan.rpc.MethodSpec;
import dev.clearspan.rpc.RpcChannel;
import dev.clearspan.rpc.RpcException;
import dev.clearspan.rpc.Status;
import dev.clearspan.rpc.TextCodec;
import dev.clearspan.rpc.network.Exchange;
import dev.clearspan.rpc.network.Line;
import dev.clearspan.rpc.time.FakeClock;
import dev.clearspan.rpc.time.Surroundings;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A channel whose calls go by a network that was given to it. */
class GivenNetworkTest {
  private static final MethodSpec<String, String> GET =
      TextCodec.method("shop.Orders/Get", MethodKind.QUERY, true);
  private static final MethodSpec<String, String> PLACE =
      TextCodec.method("shop.Orders/Place", MethodKind.WRITE, false);

  private final FakeClock clock = new FakeClock();
  private final TestLine line = new TestLine();
  private final RpcChannel channel =
      RpcChannel.builder("orders")
          .target("10.0.0.1", 9090)
          .network(this::open, new Surroundings(clock, clock, clock, new SplittableRandom(1)))
          .executor(Runnable::run)
          .build();
  private Line.@Nullable Listener listener;

  private Line open(String host, int port, Line.Listener heard) {
    assertThat(host + ":" + port).isEqualTo("10.0.0.1:9090");
    listener = heard;
    heard.ready();
    return line;
  }

  @AfterEach
  void closeChannel() {
    channel.close();
    assertThat(line.closed).isTrue();
  }

  @Test
  void aReplyIsDecoded() {
    CompletableFuture<String> call = call(GET);
    Exchange exchange = line.sent.get(0);
    assertThat(exchange.method()).isEqualTo("shop.Orders/Get");
    assertThat(exchange.request()).asString().isEqualTo("ping");
    assertThat(exchange.deadlineNanos()).isPositive();

    exchange.reply("pong".getBytes(StandardCharsets.UTF_8), 1, 0);

    assertThat(call).isCompletedWithValue("pong");
  }

  @Test
  void anExchangeEndsOnce() {
    CompletableFuture<String> call = call(PLACE);

    line.sent.get(0).fail(Status.of(Status.Code.INTERNAL, "broken"), 1, 0);
    line.sent.get(0).reply(new byte[0], 1, 0);

    assertThat(code(call)).isEqualTo(Status.Code.INTERNAL);
  }

  @Test
  void whatIsRefusedIsSentAgain() {
    CompletableFuture<String> call = call(PLACE);

    line.sent.get(0).refuse(Status.of(Status.Code.UNAVAILABLE, "full"), Metadata.EMPTY);

    assertThat(line.sent).hasSize(2);
    line.sent.get(1).reply("pong".getBytes(StandardCharsets.UTF_8), 1, 0);
    assertThat(call).isCompletedWithValue("pong");
  }

  @Test
  void whatIsLostIsNotSentAgainUnlessItDoesNoHarm() {
    CompletableFuture<String> call = call(PLACE);

    line.sent.get(0).lose("reset");

    assertThat(line.sent).hasSize(1);
    assertThat(code(call)).isEqualTo(Status.Code.UNAVAILABLE);
  }

  @Test
  void theDeadlineCancelsTheExchange() {
    CompletableFuture<String> call = call(PLACE);

    clock.advance(Duration.ofSeconds(4));

    assertThat(code(call)).isEqualTo(Status.Code.DEADLINE_EXCEEDED);
    assertThat(line.cancelled).containsExactlyElementsOf(line.sent);
    assertThat(line.sent.get(0).isOver()).isTrue();
  }

  @Test
  void nothingGoesToWhomNobodyReaches() {
    Objects.requireNonNull(listener, "listener").unreachable("connection refused");

    CompletableFuture<String> call = call(GET);

    assertThat(line.sent).isEmpty();
    assertThat(code(call)).isEqualTo(Status.Code.UNAVAILABLE);
  }

  @Test
  void streamsAreNotCarried() {
    MethodSpec<String, String> watch =
        new MethodSpec<>(
            "shop.Orders/Watch",
            MethodShape.SERVER_STREAMING,
            MethodKind.QUERY,
            true,
            GET.requestCodec(),
            GET.responseCodec());

    assertThatThrownBy(() -> channel.open(watch, CallOptions.DEFAULT))
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessage(
            "shop.Orders/Watch is SERVER_STREAMING (expected on a given network: a unary method)");
  }

  private CompletableFuture<String> call(MethodSpec<String, String> method) {
    return channel.callAsync(method, "ping", CallOptions.DEFAULT).toCompletableFuture();
  }

  private static Status.Code code(CompletableFuture<?> call) {
    RpcException failure =
        (RpcException)
            call.handle((reply, error) -> error).getNow(new AssertionError("not over yet"));
    return failure.code();
  }

  /** Keeps what was sent. */
  private static final class TestLine implements Line {
    private final List<Exchange> sent = new ArrayList<>();
    private final List<Exchange> cancelled = new ArrayList<>();
    private boolean closed;

    @Override
    public void send(Exchange exchange) {
      sent.add(exchange);
    }

    @Override
    public void cancel(Exchange exchange) {
      cancelled.add(exchange);
    }

    @Override
    public void close() {
      closed = true;
    }
  }
}
