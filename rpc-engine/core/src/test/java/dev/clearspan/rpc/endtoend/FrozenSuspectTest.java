package dev.clearspan.rpc.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.clearspan.protocol.UnreachableInstance;
import dev.clearspan.rpc.CallOptions;
import dev.clearspan.rpc.Limit;
import dev.clearspan.rpc.Protocol;
import dev.clearspan.rpc.RpcChannel;
import dev.clearspan.rpc.control.FakeRegistry;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A server in a process of its own that is gone from the registry and then is frozen. */
class FrozenSuspectTest {
  private static final String SERVICE = "counter";
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final FakeRegistry registry = new FakeRegistry(SERVICE, "caller");

  @Test
  void itIsFoundSilentWithoutAnyCallAndComesBackWhenItAnswers() throws Exception {
    try (ServerProcess server = ServerProcess.start(SERVICE);
        RpcChannel channel =
            RpcChannel.builder(SERVICE)
                .registry(registry)
                .protocol(Protocol.CLEARSPAN)
                .limit(Limit.HANDSHAKE, Duration.ofSeconds(2))
                .build()) {
      registry.put(server.instance());
      channel.call(
          CounterService.ECHO, "warm", CallOptions.DEFAULT.withDeadline(Duration.ofSeconds(20)));
      registry.publishEmpty();

      server.freeze();
      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () ->
                  assertThat(unreachable())
                      .singleElement()
                      .satisfies(
                          gone -> assertThat(gone.getCause()).contains("silent: 2 pings missed")));

      server.thaw();
      await().atMost(PATIENCE).untilAsserted(() -> assertThat(unreachable()).isEmpty());
    }
  }

  private List<UnreachableInstance> unreachable() {
    return registry.status().snapshot().getUnreachableList();
  }
}
