package dev.clearspan.rpc.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.util.JsonFormat;
import dev.clearspan.protocol.BreakerState;
import dev.clearspan.protocol.ForcedBreaker;
import dev.clearspan.protocol.InstanceControl;
import dev.clearspan.protocol.ServicePolicy;
import dev.clearspan.rpc.CallOptions;
import dev.clearspan.rpc.RpcChannel;
import dev.clearspan.rpc.RpcException;
import dev.clearspan.rpc.RpcServer;
import dev.clearspan.rpc.Status.Code;
import dev.clearspan.rpc.client.ChannelBuilder;
import dev.clearspan.rpc.control.FakeRegistry;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Channels against real servers on real sockets; only the registry is a fake. */
class EndToEndTest {
  private static final String SERVICE = "counter";

  private final FakeRegistry registry = new FakeRegistry(SERVICE, "caller");
  private final Deque<AutoCloseable> opened = new ArrayDeque<>();
  private final CounterService first = new CounterService();
  private final CounterService second = new CounterService();
  private RpcServer firstServer;
  private RpcServer secondServer;
  private RpcChannel channel;

  @BeforeEach
  void start() throws Exception {
    ServicePolicy.Builder roundRobin = ServicePolicy.newBuilder();
    JsonFormat.parser()
        .merge(
            "{\"service\": {\"balancer\": {\"algorithm\": \"SMOOTH_WEIGHTED_ROUND_ROBIN\"}}}",
            roundRobin);
    registry.policy(roundRobin.build());
    firstServer = serve(first);
    secondServer = serve(second);
    channel = opened(open(RpcChannel.builder(SERVICE).registry(registry)));
  }

  /** For other protocols. */
  RpcChannel open(ChannelBuilder builder) {
    return builder.build();
  }

  @AfterEach
  void stop() throws Exception {
    while (!opened.isEmpty()) {
      opened.pop().close();
    }
  }

  @Test
  void callsAreSharedByWeightAndAWeightMovesThem() {
    warmUp();
    int before = first.handled.get();
    echo(400);
    assertThat(first.handled.get() - before).isEqualTo(200);

    registry.control(
        firstServer.identity().instanceId(), InstanceControl.newBuilder().setWeight(25).build());
    before = first.handled.get();
    echo(1_000);

    assertThat(first.handled.get() - before).isEqualTo(200);
  }

  @Test
  void aForcedOpenBreakerRefusesAtOnceAndNothingReachesAServer() {
    warmUp();
    int before = first.handled.get() + second.handled.get();
    registry.force(
        ForcedBreaker.newBuilder()
            .setState(BreakerState.OPEN)
            .setAuthor("ann")
            .setReason("testing")
            .build());

    for (int i = 0; i < 20; i++) {
      RpcException error =
          catchThrowableOfType(
              RpcException.class,
              () -> channel.call(CounterService.WRITE, "x", CallOptions.DEFAULT));
      assertThat(error.code()).isEqualTo(Code.UNAVAILABLE);
      assertThat(error).hasMessageContaining("forced OPEN by ann: testing");
    }

    assertThat(first.handled.get() + second.handled.get()).isEqualTo(before);
    registry.liftForced();
    assertThat(channel.call(CounterService.WRITE, "x", CallOptions.DEFAULT)).isEqualTo("x");
  }

  @Test
  void aDeadlineEndsTheCallOnBothSides() {
    CallOptions hasty = CallOptions.DEFAULT.withDeadline(Duration.ofMillis(200));

    RpcException error =
        catchThrowableOfType(
            RpcException.class, () -> channel.call(CounterService.BLOCK, "x", hasty));

    assertThat(error.code()).isEqualTo(Code.DEADLINE_EXCEEDED);
    assertThat(error.site()).isNotNull();
    await().untilAsserted(() -> assertThat(interruptions()).isEqualTo(1));
  }

  @Test
  void cancellingACallInterruptsItsHandler() {
    CompletableFuture<String> call =
        channel.callAsync(CounterService.BLOCK, "x", CallOptions.DEFAULT).toCompletableFuture();
    await().until(() -> first.handled.get() + second.handled.get() == 1);

    call.cancel(true);

    await().untilAsserted(() -> assertThat(interruptions()).isEqualTo(1));
    await().until(call::isCompletedExceptionally);
  }

  @Test
  void anUnknownMethodIsOneClearError() {
    var missing =
        dev.clearspan.rpc.TextCodec.method(
            "test.Counter/Missing", dev.clearspan.rpc.MethodKind.QUERY, true);

    RpcException error =
        catchThrowableOfType(
            RpcException.class, () -> channel.call(missing, "x", CallOptions.DEFAULT));

    assertThat(error.code()).isEqualTo(Code.UNIMPLEMENTED);
    assertThat(error.origin()).isEqualTo(RpcException.Origin.REMOTE);
    assertThat(error).hasMessageContaining("attempts=1 stage=server");
  }

  @Test
  void drainingAServerLosesNoCallNotEvenWrites() throws Exception {
    warmUp();
    int calls = 4_000;
    CallerLoad load = new CallerLoad(channel, CounterService.WRITE, calls, 32);
    load.run(0, calls / 4);
    CompletableFuture<Void> draining = CompletableFuture.runAsync(() -> firstServer.close());
    load.run(calls / 4, calls);
    load.finish();
    draining.join();

    assertThat(load.failures()).isEmpty();
    assertThat(load.lostOrDoubled()).isZero();
    assertThat(first.handled.get() + second.handled.get()).isGreaterThanOrEqualTo(calls);
  }

  @Test
  void whatALowerLayerHasRetriedIsNotRetriedAboveIt() {
    FakeRegistry front = new FakeRegistry("front", "caller");
    CounterService failing =
        new CounterService(
            text -> {
              throw new RpcException(Code.UNAVAILABLE, "out of order");
            });
    FakeRegistry back = new FakeRegistry("back", "front");
    back.put(Servers.instance("back", opened(server("back", failing))));
    RpcChannel toBack = opened(open(RpcChannel.builder("back").registry(back)));
    CounterService relay =
        new CounterService(text -> toBack.call(CounterService.ECHO, text, CallOptions.DEFAULT));
    front.put(Servers.instance("front", opened(server("front", relay))));
    RpcChannel toFront = opened(open(RpcChannel.builder("front").registry(front)));

    RpcException error =
        catchThrowableOfType(
            RpcException.class,
            () ->
                toFront.call(
                    CounterService.ECHO,
                    "x",
                    CallOptions.DEFAULT.withDeadline(Duration.ofSeconds(5))));

    assertThat(error.code()).isEqualTo(Code.UNAVAILABLE);
    assertThat(relay.handled).hasValue(1);
    assertThat(failing.handled).hasValue(3);
  }

  private int interruptions() {
    return first.interrupted.get() + second.interrupted.get();
  }

  private RpcServer serve(CounterService service) {
    RpcServer server = opened(server(SERVICE, service));
    registry.put(Servers.instance(SERVICE, server));
    return server;
  }

  private static RpcServer server(String name, CounterService service) {
    return RpcServer.builder(name).service(service).start();
  }

  /** Until both connections are up. */
  private void warmUp() {
    await()
        .until(
            () -> {
              echo(2);
              return first.handled.get() > 0 && second.handled.get() > 0;
            });
  }

  private void echo(int calls) {
    for (int i = 0; i < calls; i++) {
      channel.call(CounterService.ECHO, "x", CallOptions.DEFAULT);
    }
  }

  private <T extends AutoCloseable> T opened(T thing) {
    opened.push(thing);
    return thing;
  }
}
