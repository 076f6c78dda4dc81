package dev.clearspan.rpc.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clearspan.rpc.CallOptions;
import dev.clearspan.rpc.MethodKind;
import dev.clearspan.rpc.MethodSpec;
import dev.clearspan.rpc.RpcChannel;
import dev.clearspan.rpc.RpcServer;
import dev.clearspan.rpc.ServiceDefinition;
import dev.clearspan.rpc.TextCodec;
import dev.clearspan.rpc.ledger.Gauges;
import dev.clearspan.rpc.ledger.RecordingLedger;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What servers say of their load is among their callers' metrics, while it is fresh. */
class LoadGaugesTest {
  private static final MethodSpec<String, String> ECHO =
      TextCodec.method("test.Load/Echo", MethodKind.QUERY, true);

  private final RecordingLedger ledger = new RecordingLedger();

  @Test
  void anEndpointsLoadIsShownAfterTheFirstReply() {
    ServiceDefinition.BoundMethod<String, String> echo =
        ServiceDefinition.BoundMethod.unary(ECHO, request -> request);
    try (RpcServer server =
            RpcServer.builder("load")
                .service(() -> new ServiceDefinition("test.Load", List.of(echo), null))
                .start();
        RpcChannel channel =
            RpcChannel.builder("load").ledger(ledger).target("127.0.0.1", server.port()).build()) {
      assertThat(names()).doesNotContain("clearspan.lb.endpoint.in_flight");

      String reply =
          channel.call(ECHO, "seven", CallOptions.DEFAULT.withDeadline(Duration.ofSeconds(20)));
      assertThat(reply).isEqualTo("seven");
      assertThat(names())
          .contains(
              "clearspan.lb.endpoint.in_flight",
              "clearspan.lb.endpoint.memory",
              "clearspan.lb.endpoint.queue.chunks",
              "clearspan.lb.endpoint.handler_time");
    }
  }

  private List<String> names() {
    return ledger.samples().stream().map(Gauges.Sample::name).toList();
  }
}
