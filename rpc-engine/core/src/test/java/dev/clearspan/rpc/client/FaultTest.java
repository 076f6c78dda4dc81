package dev.clearspan.rpc.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.StringValue;
import dev.clearspan.protocol.Fault;
import dev.clearspan.protocol.FaultPolicy;
import dev.clearspan.protocol.Policy;
import dev.clearspan.protocol.ServicePolicy;
import dev.clearspan.rpc.CallOptions;
import dev.clearspan.rpc.RpcChannel;
import dev.clearspan.rpc.RpcException;
import dev.clearspan.rpc.RpcServer;
import dev.clearspan.rpc.Status.Code;
import dev.clearspan.rpc.control.FakeRegistry;
import dev.clearspan.rpc.ledger.CallRecord;
import dev.clearspan.rpc.server.EchoService;
import dev.clearspan.rpc.time.FakeClock;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Faults that operators put into calls by the policy. */
class FaultTest extends ChannelFixture {
  private static final String ABORT =
      """
      {"service": {"fault": {"faults": [{"share": 1, "abort": "UNAVAILABLE",%s
         "since": "2026-01-01T00:00:00Z", "until": "2026-01-01T00:01:00Z",
         "reason": "game day", "author": "ada"}]}}}
      """;

  @Test
  void anAbortSaysWhoInjectedItAndUntilWhenAndExpiresByItself() {
    registry.put(1);
    open();
    policy(ABORT.formatted(""));

    RpcException error = failure(GET);

    assertThat(error.code()).isEqualTo(Code.UNAVAILABLE);
    assertThat(error)
        .hasMessageContaining("fault injected by ada (game day) until 2026-01-01T00:01:00Z");
    assertThat(site(error).stage()).isEqualTo("fault");
    CallRecord record = ledger.last().end();
    assertThat(record.errorType()).isEqualTo("fault_injected");
    assertThat(record.attempts()).isZero();
    assertThat(received(1)).isZero();
    assertThat(sample("clearspan.client.fault.injected")).isEqualTo(1);
    clock.advance(Duration.ofMinutes(1));
    assertThat(call(GET)).isEqualTo("ping");
  }

  @Test
  void anotherCallersFaultIsNone() {
    registry.put(1);
    open();
    policy(ABORT.formatted("\"caller\": \"storefront\","));
    assertThat(call(GET)).isEqualTo("ping");
    policy(ABORT.formatted("\"caller\": \"orders\","));
    assertThat(failure(GET).code()).isEqualTo(Code.UNAVAILABLE);
  }

  @Test
  void aDelayHoldsTheCallBackOnceAndWithinItsDeadline() {
    registry.put(1);
    open();
    policy(
        """
        {"service": {"fault": {"faults": [{"share": 1, "delay": "0.400s",
           "since": "2026-01-01T00:00:00Z", "until": "2026-01-01T00:00:01Z"}]}}}
        """);
    CompletableFuture<String> call = start(GET);
    CompletableFuture<String> hasty =
        channel()
            .callAsync(GET, "ping", CallOptions.DEFAULT.withDeadline(Duration.ofMillis(100)))
            .toCompletableFuture();
    clock.advanceMillis(110);
    assertThat(failure(hasty).code()).isEqualTo(Code.DEADLINE_EXCEEDED);
    assertThat(failure(hasty)).hasMessageContaining("in a delay injected by an unnamed operator");
    clock.advanceMillis(280);
    assertThat(call).isNotDone();
    clock.advanceMillis(20);
    assertThat(call).isCompletedWithValue("ping");
  }

  @Test
  void aShareOfCallsMeetsIt() {
    registry.put(1);
    open();
    policy(ABORT.formatted("").replace("\"share\": 1", "\"share\": 0.2"));
    int failed = 0;
    for (int i = 0; i < 10_000; i++) {
      failed += start(GET).isCompletedExceptionally() ? 1 : 0;
    }
    assertThat(failed).isBetween(1_900, 2_100);
  }

  /** Through a real server of the process, live, by a clock that the test moves. */
  @Test
  void comesAndGoesWithThePolicyThroughAServer() {
    FakeClock wall = new FakeClock();
    FakeRegistry control = new FakeRegistry("echo", "orders");
    try (RpcServer server = RpcServer.builder("echo").service(new EchoService()).start();
        RpcChannel echo =
            RpcChannel.builder("echo")
                .inProcess(server)
                .controlPlane(control)
                .wallClock(wall)
                .build()) {
      assertThat(said(echo)).isEqualTo("OK");
      control.policy(aborting(wall, Duration.ofMinutes(5)));
      assertThat(said(echo)).isEqualTo("ABORTED");
      wall.advance(Duration.ofMinutes(5));
      assertThat(said(echo)).isEqualTo("OK");
      control.policy(aborting(wall, Duration.ofMinutes(5)));
      assertThat(said(echo)).isEqualTo("ABORTED");
      control.policy(ServicePolicy.getDefaultInstance());
      assertThat(said(echo)).isEqualTo("OK");
    }
  }

  private static ServicePolicy aborting(FakeClock wall, Duration time) {
    Fault fault =
        Fault.newBuilder()
            .setShare(1)
            .setAbort("ABORTED")
            .setSince(moment(wall, Duration.ZERO))
            .setUntil(moment(wall, time))
            .build();
    return ServicePolicy.newBuilder()
        .setService(Policy.newBuilder().setFault(FaultPolicy.newBuilder().addFaults(fault)))
        .build();
  }

  private static com.google.protobuf.Timestamp moment(FakeClock wall, Duration later) {
    return com.google.protobuf.Timestamp.newBuilder()
        .setSeconds(wall.instant().plus(later).getEpochSecond())
        .build();
  }

  private static String said(RpcChannel echo) {
    try {
      StringValue reply = echo.call(EchoService.ECHO, StringValue.of("x"), CallOptions.DEFAULT);
      return Objects.equals(reply, StringValue.of("x")) ? "OK" : "another reply";
    } catch (RpcException e) {
      return e.code().name();
    }
  }
}
