package dev.clearspan.rpc.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clearspan.rpc.Call;
import dev.clearspan.rpc.CallOptions;
import dev.clearspan.rpc.MethodKind;
import dev.clearspan.rpc.MethodSpec;
import dev.clearspan.rpc.RpcChannel;
import dev.clearspan.rpc.RpcServer;
import dev.clearspan.rpc.ServiceDefinition;
import dev.clearspan.rpc.ServiceDefinition.BoundMethod;
import dev.clearspan.rpc.ServiceDefinition.UnaryHandler;
import dev.clearspan.rpc.TextCodec;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A client calls a server that calls a server that calls a server; then the client gives up. */
class CancelChainTest {
  private static final MethodSpec<String, String> HOP =
      TextCodec.method("test.Chain/Hop", MethodKind.WRITE, false);
  private static final int TRIES = 21;
  private static final long MOST_MILLIS = 20;

  private final BlockingQueue<String> reached = new LinkedBlockingQueue<>();
  private final BlockingQueue<Long> heardAt = new LinkedBlockingQueue<>();
  private final Deque<AutoCloseable> opened = new ArrayDeque<>();

  @AfterEach
  void stop() throws Exception {
    while (!opened.isEmpty()) {
      opened.pop().close();
    }
  }

  @Test
  void theLeafHearsOfIt() throws Exception {
    assertThat(cancelOnce(chain())).isPositive();
  }

  @Test
  @Tag("full")
  void theLeafHearsOfItWithinTwentyMilliseconds() throws Exception {
    RpcChannel channel = chain();
    List<Long> nanos = new ArrayList<>();
    for (int i = 0; i < TRIES; i++) {
      nanos.add(cancelOnce(channel));
    }
    Collections.sort(nanos);

    assertThat(TimeUnit.NANOSECONDS.toMillis(nanos.get(TRIES / 2)))
        .as("median of %s ns", nanos)
        .isLessThanOrEqualTo(MOST_MILLIS);
  }

  /** Nanoseconds from giving up until the leaf's handler heard of it. */
  private long cancelOnce(RpcChannel channel) throws InterruptedException {
    CompletableFuture<String> call =
        channel.callAsync(HOP, "go", CallOptions.DEFAULT).toCompletableFuture();
    assertThat(reached.poll(10, TimeUnit.SECONDS)).isEqualTo("leaf");
    long cancelledAt = System.nanoTime();
    call.cancel(true);
    Long heard = heardAt.poll(10, TimeUnit.SECONDS);
    assertThat(heard).as("leaf's cancellation hook").isNotNull();
    return heard - cancelledAt;
  }

  private RpcChannel chain() {
    RpcServer leaf = serve("leaf", this::waitForCancellation);
    RpcServer middle = serve("middle", forwarding(channelTo("leaf", leaf)));
    RpcServer front = serve("front", forwarding(channelTo("middle", middle)));
    return channelTo("front", front);
  }

  private String waitForCancellation(String request) throws InterruptedException {
    Call call = Objects.requireNonNull(Call.current());
    call.onCancel(() -> heardAt.add(System.nanoTime()));
    reached.add("leaf");
    new CountDownLatch(1).await();
    return request;
  }

  private static UnaryHandler<String, String> forwarding(RpcChannel next) {
    return request -> next.call(HOP, request, CallOptions.DEFAULT);
  }

  private RpcServer serve(String name, UnaryHandler<String, String> handler) {
    RpcServer server =
        RpcServer.builder(name)
            .service(
                () ->
                    new ServiceDefinition(
                        "test.Chain", List.of(BoundMethod.unary(HOP, handler)), null))
            .start();
    opened.push(server);
    return server;
  }

  private RpcChannel channelTo(String name, RpcServer server) {
    RpcChannel channel = RpcChannel.builder(name).target("127.0.0.1", server.port()).build();
    opened.push(channel);
    return channel;
  }
}
