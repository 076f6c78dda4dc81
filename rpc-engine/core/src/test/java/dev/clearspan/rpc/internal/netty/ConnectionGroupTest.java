package dev.clearspan.rpc.internal.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.StringValue;
import dev.clearspan.rpc.Limit;
import dev.clearspan.rpc.Limits;
import dev.clearspan.rpc.RpcServer;
import dev.clearspan.rpc.Status;
import dev.clearspan.rpc.internal.transport.AttemptResult;
import dev.clearspan.rpc.internal.transport.ConnectionState;
import dev.clearspan.rpc.server.EchoService;
import dev.clearspan.rpc.server.TestCaller;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.EventExecutor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How an endpoint's connections become more, and fewer again. */
class ConnectionGroupTest {
  private static final Duration LONG = Duration.ofSeconds(20);
  private static final int PER_CONNECTION = 4;

  private final EchoService service = new EchoService();
  private final RpcServer server =
      RpcServer.builder("echo")
          .service(service)
          .limit(Limit.IN_FLIGHT_PER_CONNECTION, PER_CONNECTION)
          .start();

  @AfterEach
  void stop() {
    service.release.countDown();
    server.close();
  }

  @Test
  void fewCallsHaveOneConnection() throws Exception {
    try (TestCaller caller = TestCaller.to(server.port()).awaitState(ConnectionState.READY)) {
      blocked(caller, 3);
      assertThat(TestCaller.textOf(caller.send(EchoService.ECHO, "4th", LONG).await(LONG)))
          .isEqualTo("4th");
      assertThat(caller.connection.inFlight()).isEqualTo(3);
      assertThat(caller.states).containsExactly("READY");
    }
  }

  @Test
  void noCallWaitsBelowTheLimitOfAllConnections() throws Exception {
    try (TestCaller caller = TestCaller.to(server.port()).awaitState(ConnectionState.READY)) {
      List<TestCaller.Sent> all = blocked(caller, 4 * PER_CONNECTION);

      assertThat(caller.connection.open()).isEqualTo(4);
      assertThat(caller.connected).hasValue(4);
      assertThat(caller.states).containsExactly("READY");
      AttemptResult<StringValue> oneMore = caller.call(EchoService.ECHO, "17th");
      assertThat(oneMore).isInstanceOf(AttemptResult.NotSent.class);
      assertThat(oneMore.status())
          .isEqualTo(
              Status.of(
                  Status.Code.RESOURCE_EXHAUSTED,
                  "calls in flight to 127.0.0.1:%d: 16 (expected: < 16)".formatted(server.port())));

      service.release.countDown();
      for (TestCaller.Sent sent : all) {
        assertThat(sent.await(LONG).status().isOk()).isTrue();
      }
      assertThat(caller.connection.inFlight()).isZero();
    }
  }

  @Test
  void callsOverGrpcFillAllConnectionsAndThenWaitForRoomOnAny() throws Exception {
    try (TestCaller caller = TestCaller.overGrpc(server.port()).awaitState(ConnectionState.READY)) {
      blocked(caller, 4 * PER_CONNECTION);
      TestCaller.Sent waiting = caller.send(EchoService.ECHO, "17th", LONG);
      assertThat(caller.connection.open()).isEqualTo(4);
      assertThat(caller.connection.inFlight()).isEqualTo(17);
      assertThat(waiting.result()).isNotDone();

      service.release.countDown();
      assertThat(TestCaller.textOf(waiting.await(LONG))).isEqualTo("17th");
    }
  }

  @Test
  void everyLoopGetsOneBeforeAnyGetsTwo() throws Exception {
    try (TestCaller caller = TestCaller.to(server.port()).awaitState(ConnectionState.READY)) {
      blocked(caller, 4 * PER_CONNECTION);
      ConnectionGroup group = (ConnectionGroup) caller.connection;
      List<Integer> calls = new ArrayList<>();
      for (EventExecutor loop : EventLoops.shared().group()) {
        calls.add(group.callsOn((EventLoop) loop));
      }
      assertThat(calls.stream().filter(count -> count > 0)).hasSize(Math.min(4, calls.size()));
    }
  }

  @Test
  void connectionsThatNobodyNeedsAreClosedButOne() throws Exception {
    NettyClientTransport transport =
        new NettyClientTransport(Limits.DEFAULT, null, Duration.ofMillis(120));
    try (TestCaller caller = TestCaller.by(transport, server.port())) {
      caller.awaitState(ConnectionState.READY);
      blocked(caller, 2 * PER_CONNECTION);
      assertThat(caller.connection.open()).isGreaterThan(1);
      service.release.countDown();

      await().atMost(LONG).until(() -> caller.connection.open() == 1);
      await().atMost(LONG).until(() -> caller.disconnections.size() == caller.connected.get() - 1);
      assertThat(caller.disconnections).containsOnly("");
      assertThat(caller.states).containsExactly("READY");
      assertThat(TestCaller.textOf(caller.call(EchoService.ECHO, "on"))).isEqualTo("on");
    }
  }

  @Test
  void whenTheServerIsSilentTheCallsOfAllConnectionsEnd() throws Exception {
    try (SilentServer peer = SilentServer.afterHello();
        TestCaller caller = TestCaller.to(peer.port())) {
      caller.awaitState(ConnectionState.READY);
      ((ConnectionGroup) caller.connection).relieve();
      await().atMost(LONG).until(() -> caller.connection.open() == 2);
      List<TestCaller.Sent> sent =
          IntStream.range(0, 6).mapToObj(i -> caller.send(EchoService.ECHO, "x", LONG)).toList();

      for (TestCaller.Sent each : sent) {
        assertThat(each.await(LONG)).isInstanceOf(AttemptResult.Unknown.class);
      }
      await().atMost(LONG).until(() -> caller.disconnections.contains("silent"));
    }
  }

  @Test
  void aGroupThatIsRelievedHasOneConnectionMore() {
    try (TestCaller caller = TestCaller.to(server.port()).awaitState(ConnectionState.READY)) {
      ((ConnectionGroup) caller.connection).relieve();
      await().atMost(LONG).until(() -> caller.connection.open() == 2);
      assertThat(caller.states).containsExactly("READY");
    }
  }

  @Test
  void callsOfManyThreadsAllEndWhateverTheLimits() throws Exception {
    try (TestCaller caller = TestCaller.overGrpc(server.port()).awaitState(ConnectionState.READY)) {
      List<CompletableFuture<Boolean>> threads =
          IntStream.range(0, 16)
              .mapToObj(i -> CompletableFuture.supplyAsync(() -> callMuch(caller)))
              .toList();
      for (CompletableFuture<Boolean> each : threads) {
        assertThat(each.get()).isTrue();
      }
      assertThat(caller.connection.inFlight()).isZero();
    }
  }

  private static boolean callMuch(TestCaller caller) {
    for (int round = 0; round < 20; round++) {
      List<TestCaller.Sent> sent =
          IntStream.range(0, 10).mapToObj(i -> caller.send(EchoService.ECHO, "x", LONG)).toList();
      if (!sent.stream().allMatch(each -> each.result().join().status().isOk())) {
        return false;
      }
    }
    return true;
  }

  /** So many calls whose handlers run. */
  private List<TestCaller.Sent> blocked(TestCaller caller, int calls) {
    List<TestCaller.Sent> sent =
        IntStream.range(0, calls).mapToObj(i -> caller.send(EchoService.BLOCK, "x", LONG)).toList();
    await().atMost(LONG).until(() -> service.handled.get() == calls);
    return sent;
  }
}
