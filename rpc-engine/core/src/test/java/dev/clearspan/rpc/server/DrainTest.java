package dev.clearspan.rpc.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.StringValue;
import dev.clearspan.rpc.Limit;
import dev.clearspan.rpc.Limits;
import dev.clearspan.rpc.RpcServer;
import dev.clearspan.rpc.internal.transport.AttemptResult;
import dev.clearspan.rpc.internal.transport.ConnectionState;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** A server that ends loses no call: each was answered, or told that no handler ran. */
class DrainTest {
  private static final Duration LONG = Duration.ofSeconds(10);

  @Test
  void callsInFlightFinishAndTheClientIsToldToGo() throws Exception {
    EchoService service = new EchoService();
    RpcServer server = RpcServer.builder("echo").service(service).start();
    try (TestCaller caller = TestCaller.to(server.port())) {
      TestCaller.Sent sent = caller.send(EchoService.BLOCK, "kept", LONG);
      await().until(() -> service.handled.get() == 1);

      server.drain();
      caller.awaitState(ConnectionState.DRAINING);
      assertThat(caller.call(EchoService.ECHO, "late")).isInstanceOf(AttemptResult.NotSent.class);

      CompletableFuture<Void> stopped = CompletableFuture.runAsync(() -> server.stop(LONG));
      service.release.countDown();
      assertThat(TestCaller.textOf(sent.await(LONG))).isEqualTo("kept");
      stopped.get(5, TimeUnit.SECONDS);
      server.awaitTermination();
    }
  }

  @Test
  void aCallSentAfterTheLastIsRefusedUnrun() throws Exception {
    EchoService service = new EchoService();
    RpcServer server = RpcServer.builder("echo").service(service).start();
    try (RawPeer peer = new RawPeer(server.port())) {
      peer.sendHex(RawPeer.PREFACE, RawPeer.EMPTY_HELLO).readUntil("echo");
      server.drain();
      peer.sendHex(
          "00000019 08 00 00000000 0001 000e 746573742e4563686f2f4563686f 0005 70726f746f",
          "0000000f 02 00 00000001 0001 01 00 000000003b9aca00 0a0137");
      assertThat(peer.readUntil("is draining")).contains("is draining");
      assertThat(service.handled).hasValue(0);
    }
    server.close();
  }

  @Test
  void aRollingRestartUnderLoadLosesNoCall() throws Exception {
    EchoService service = new EchoService();
    RpcServer server = RpcServer.builder("echo").service(service).start();
    List<AttemptResult<StringValue>> results = new CopyOnWriteArrayList<>();
    AtomicBoolean running = new AtomicBoolean(true);
    try (TestCaller caller = TestCaller.to(server.port())) {
      caller.awaitState(ConnectionState.READY);
      CompletableFuture<Void> load =
          CompletableFuture.runAsync(() -> callUntilStopped(caller, running, results));
      await().until(() -> results.size() > 200);
      server.stop(LONG);
      running.set(false);
      load.get(5, TimeUnit.SECONDS);
    }
    long answered = results.stream().filter(r -> r.status().isOk()).count();
    assertThat(results)
        .allSatisfy(
            result ->
                assertThat(
                        result.status().isOk()
                            || result instanceof AttemptResult.NotSent
                            || result instanceof AttemptResult.Refused)
                    .as("%s", result)
                    .isTrue());
    assertThat((long) service.handled.get()).isEqualTo(answered);
  }

  @Test
  void callsOverTheLimitAreRefusedUnrun() throws Exception {
    EchoService service = new EchoService();
    Limits limits = Limits.DEFAULT.with(Limit.IN_FLIGHT, 2);
    RpcServer server = RpcServer.builder("echo").service(service).limits(limits).start();
    try (TestCaller caller = TestCaller.to(server.port())) {
      caller.send(EchoService.BLOCK, "", LONG);
      caller.send(EchoService.BLOCK, "", LONG);
      await().until(() -> service.handled.get() == 2);

      AttemptResult<StringValue> third = caller.call(EchoService.ECHO, "");

      assertThat(third).isInstanceOf(AttemptResult.Refused.class);
      assertThat(third.status().message()).isEqualTo("calls in flight: 2");
      service.release.countDown();
      await().until(() -> server.inFlight() == 0);
    }
    server.close();
    assertThat(service.handled).hasValue(2);
  }

  private static void callUntilStopped(
      TestCaller caller, AtomicBoolean running, List<AttemptResult<StringValue>> results) {
    while (running.get()) {
      List<TestCaller.Sent> burst =
          java.util.stream.IntStream.range(0, 20)
              .mapToObj(i -> caller.send(EchoService.ECHO, "x" + i, LONG))
              .toList();
      burst.forEach(sent -> results.add(sent.result().join()));
    }
  }
}
