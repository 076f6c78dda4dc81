package dev.clearspan.rpc.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.clearspan.protocol.ProcessStatus;
import dev.clearspan.rpc.CallOptions;
import dev.clearspan.rpc.RpcChannel;
import dev.clearspan.rpc.client.ChannelBuilder;
import dev.clearspan.rpc.control.FakeRegistry;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two servers, each its own process; one of them is killed under load. */
class KilledServerTest {
  private static final String SERVICE = "counter";
  private static final int CALLS = 20_000;

  private final FakeRegistry registry = new FakeRegistry(SERVICE, "caller");
  private ServerProcess victim;
  private ServerProcess survivor;
  private RpcChannel channel;

  @BeforeEach
  void start() {
    victim = ServerProcess.start(SERVICE);
    survivor = ServerProcess.start(SERVICE);
    registry.put(victim.instance());
    registry.put(survivor.instance());
    channel = open(RpcChannel.builder(SERVICE).registry(registry));
    channel.call(CounterService.ECHO, "warm", patient());
  }

  @AfterEach
  void stop() {
    channel.close();
    survivor.close();
    victim.close();
  }

  @Test
  void noIdempotentCallFailsAndTheDeathIsReportedAtOnce() throws Exception {
    CallerLoad load = new CallerLoad(channel, CounterService.ECHO, CALLS, 64);
    load.run(0, CALLS / 4);
    victim.kill();
    load.run(CALLS / 4, CALLS);
    load.finish();

    assertThat(load.failures()).isEmpty();
    assertThat(load.lostOrDoubled()).isZero();
    assertThat(load.mismatches()).isZero();
    await()
        .atMost(Duration.ofSeconds(2))
        .untilAsserted(
            () -> {
              ProcessStatus status = registry.status().snapshot();
              assertThat(status.getUnreachableList())
                  .singleElement()
                  .satisfies(
                      gone ->
                          assertThat(gone.getInstance())
                              .isEqualTo(victim.instance().getInstanceId()));
            });
  }

  /** For other protocols. */
  RpcChannel open(ChannelBuilder builder) {
    return builder.build();
  }

  private static CallOptions patient() {
    return CallOptions.DEFAULT.withDeadline(Duration.ofSeconds(20));
  }
}
