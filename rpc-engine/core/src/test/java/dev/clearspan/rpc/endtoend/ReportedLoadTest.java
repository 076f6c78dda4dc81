package dev.clearspan.rpc.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.util.JsonFormat;
import dev.clearspan.protocol.EffectiveWeight;
import dev.clearspan.protocol.Instance;
import dev.clearspan.protocol.ServicePolicy;
import dev.clearspan.rpc.CallOptions;
import dev.clearspan.rpc.RpcChannel;
import dev.clearspan.rpc.RpcServer;
import dev.clearspan.rpc.control.FakeRegistry;
import dev.clearspan.rpc.ledger.Gauges;
import dev.clearspan.rpc.ledger.RecordingLedger;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** Weights that follow what real servers say of themselves in their replies. */
class ReportedLoadTest {
  private static final String SERVICE = "counter";
  private static final CallOptions PATIENT =
      CallOptions.DEFAULT.withDeadline(Duration.ofSeconds(30));

  private final FakeRegistry registry = new FakeRegistry(SERVICE, "caller");
  private final RecordingLedger ledger = new RecordingLedger();

  /** One process serves all three: only their times differ. */
  @Test
  void weightsFromCpuMemoryAndResponseTime_asRealServersReportThem() throws Exception {
    try (RpcServer quick = serve(0);
        RpcServer quicker = serve(0);
        RpcServer slow = serve(10);
        RpcChannel channel =
            RpcChannel.builder(SERVICE).registry(registry).ledger(ledger).build()) {
      registry.policy(adaptive());

      await()
          .atMost(Duration.ofSeconds(60))
          .until(
              () -> {
                channel.call(CounterService.ECHO, "x", PATIENT);
                return weight(slow) < 60;
              });

      assertThat(List.of(weight(quick), weight(quicker)))
          .allSatisfy(weight -> assertThat(weight).isGreaterThan(weight(slow)));
      assertThat(samples("clearspan.lb.endpoint.cpu")).hasSize(3);
      assertThat(samples("clearspan.lb.endpoint.memory")).hasSize(3);
      assertThat(samples("clearspan.lb.endpoint.handler_time"))
          .anySatisfy(seconds -> assertThat(seconds).isGreaterThan(0.009));
    }
  }

  private RpcServer serve(int millis) {
    CounterService service =
        new CounterService(
            text -> {
              LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(millis));
              return text;
            });
    RpcServer server = RpcServer.builder(SERVICE).service(service).start();
    registry.put(
        Instance.newBuilder()
            .setService(SERVICE)
            .setInstanceId(server.identity().instanceId())
            .setHost("127.0.0.1")
            .setPort(server.port())
            .setWeight(100)
            .setIncarnation(server.identity().processId())
            .setState(Instance.State.UP)
            .build());
    return server;
  }

  private static ServicePolicy adaptive() throws Exception {
    ServicePolicy.Builder document = ServicePolicy.newBuilder();
    JsonFormat.parser()
        .merge(
            """
            {"service": {"balancer": {"algorithm": "SMOOTH_WEIGHTED_ROUND_ROBIN",
                                      "slowStart": "0s",
                                      "adaptive": {"enabled": true, "halfLife": "1s"}}}}
            """,
            document);
    return document.build();
  }

  private double weight(RpcServer server) {
    return registry.status().snapshot().getWeightsList().stream()
        .filter(weight -> weight.getInstance().equals(server.identity().instanceId()))
        .mapToDouble(EffectiveWeight::getWeight)
        .findFirst()
        .orElse(100);
  }

  private List<Double> samples(String name) {
    return ledger.samples().stream()
        .filter(sample -> sample.name().equals(name))
        .map(Gauges.Sample::value)
        .toList();
  }
}
