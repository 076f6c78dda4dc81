package dev.clearspan.rpc.internal.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.StringValue;
import dev.clearspan.rpc.Limit;
import dev.clearspan.rpc.RpcServer;
import dev.clearspan.rpc.internal.transport.ConnectionState;
import dev.clearspan.rpc.server.EchoService;
import dev.clearspan.rpc.server.RawPeer;
import dev.clearspan.rpc.server.TestCaller;
import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.MethodDescriptor;
import io.grpc.protobuf.ProtoUtils;
import io.grpc.stub.ClientCalls;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Connections that have reached their age are replaced, and no call notices. */
class ConnectionAgeTest {
  private static final Duration LONG = Duration.ofSeconds(20);
  private static final MethodDescriptor<StringValue, StringValue> ECHO =
      MethodDescriptor.<StringValue, StringValue>newBuilder()
          .setType(MethodDescriptor.MethodType.UNARY)
          .setFullMethodName("test.Echo/Echo")
          .setRequestMarshaller(ProtoUtils.marshaller(StringValue.getDefaultInstance()))
          .setResponseMarshaller(ProtoUtils.marshaller(StringValue.getDefaultInstance()))
          .build();

  private final EchoService service = new EchoService();
  private final RpcServer server =
      RpcServer.builder("echo")
          .service(service)
          .limit(Limit.CONNECTION_AGE, Duration.ofMillis(250))
          .start();

  @AfterEach
  void stop() {
    service.release.countDown();
    server.close();
  }

  @Test
  void callsInFramesGoOnAcrossConnectionsAndTheEndpointIsAlwaysReady() throws Exception {
    try (TestCaller caller = TestCaller.to(server.port()).awaitState(ConnectionState.READY)) {
      TestCaller.Sent slow = caller.send(EchoService.BLOCK, "slow", LONG);

      int calls = callWhile(() -> caller.connected.get() < 4, () -> succeeds(caller));

      assertThat(calls).isPositive();
      assertThat(caller.states).containsExactly("READY");
      service.release.countDown();
      assertThat(TestCaller.textOf(slow.await(LONG))).isEqualTo("slow");
      await().atMost(LONG).until(() -> caller.disconnections.size() >= 3);
      assertThat(caller.disconnections).containsOnly("");
    }
  }

  @Test
  void callsOverGrpcGoOnAcrossConnections() throws Exception {
    try (TestCaller caller = TestCaller.overGrpc(server.port()).awaitState(ConnectionState.READY)) {
      TestCaller.Sent slow = caller.send(EchoService.BLOCK, "slow", LONG);

      int calls = callWhile(() -> caller.connected.get() < 4, () -> succeeds(caller));

      assertThat(calls).isPositive();
      assertThat(caller.states).noneMatch(state -> state.startsWith("UNREACHABLE"));
      service.release.countDown();
      assertThat(TestCaller.textOf(slow.await(LONG))).isEqualTo("slow");
    }
  }

  @Test
  void aStockClientsCallsGoOnAcrossConnections() throws Exception {
    ManagedChannel channel =
        ManagedChannelBuilder.forAddress("127.0.0.1", server.port()).usePlaintext().build();
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(1500);
    try {
      int calls = callWhile(() -> System.nanoTime() - end < 0, () -> succeeds(channel));
      assertThat(calls).isPositive();
    } finally {
      channel.shutdownNow();
      assertThat(channel.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void aClientThatKnowsNoRenewalKeepsItsConnection() throws Exception {
    try (RawPeer peer = new RawPeer(server.port())) {
      peer.sendHex(RawPeer.PREFACE, RawPeer.EMPTY_HELLO).readUntil("echo");
      await()
          .during(Duration.ofMillis(800))
          .atMost(LONG)
          .until(() -> page().contains("connection_open{} 2"));
    }
  }

  @Test
  void anOldHttpConnectionIsClosedWithItsNextReply() throws Exception {
    try (RawPeer peer = new RawPeer(server.port())) {
      String get = "GET /healthz HTTP/1.1\r\nhost: a\r\n\r\n";
      await()
          .atMost(LONG)
          .until(() -> peer.sendText(get).readUntil("ok\n").contains("connection: close"));
      assertThat(peer.readToEnd()).isEmpty();
    }
  }

  /** Four threads call until the condition is false; how many calls there were. */
  private static int callWhile(BooleanSupplier condition, BooleanSupplier call) {
    AtomicInteger calls = new AtomicInteger();
    AtomicBoolean failed = new AtomicBoolean();
    CompletableFuture<?>[] threads =
        IntStream.range(0, 4)
            .mapToObj(
                i ->
                    CompletableFuture.runAsync(
                        () -> {
                          while (condition.getAsBoolean() && !failed.get()) {
                            calls.incrementAndGet();
                            if (!call.getAsBoolean()) {
                              failed.set(true);
                            }
                          }
                        }))
            .toArray(CompletableFuture[]::new);
    CompletableFuture.allOf(threads).orTimeout(20, TimeUnit.SECONDS).join();
    assertThat(failed).isFalse();
    return calls.get();
  }

  private static boolean succeeds(TestCaller caller) {
    return caller.send(EchoService.ECHO, "x", LONG).result().join().status().isOk();
  }

  private static boolean succeeds(ManagedChannel channel) {
    return ClientCalls.blockingUnaryCall(
            channel,
            ECHO,
            CallOptions.DEFAULT.withDeadlineAfter(20, TimeUnit.SECONDS),
            StringValue.of("x"))
        .getValue()
        .equals("x");
  }

  private String page() throws Exception {
    try (RawPeer peer = new RawPeer(server.port())) {
      return peer.sendText("GET /metrics HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n")
          .readToEnd();
    }
  }
}
