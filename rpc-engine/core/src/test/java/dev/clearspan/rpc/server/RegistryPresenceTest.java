package dev.clearspan.rpc.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clearspan.protocol.Instance;
import dev.clearspan.protocol.Policy;
import dev.clearspan.protocol.ProcessStatus;
import dev.clearspan.protocol.ServicePolicy;
import dev.clearspan.protocol.TelemetryPolicy;
import dev.clearspan.rpc.ProcessIdentity;
import dev.clearspan.rpc.Registry;
import dev.clearspan.rpc.RpcServer;
import dev.clearspan.rpc.control.FakeRegistry;
import dev.clearspan.rpc.control.ServiceRules;
import dev.clearspan.rpc.control.StatusBoard;
import dev.clearspan.rpc.discovery.InstanceSet;
import dev.clearspan.rpc.discovery.Registration;
import dev.clearspan.rpc.discovery.Subscription;
import dev.clearspan.rpc.ledger.RecordingLedger;
import dev.clearspan.rpc.ledger.TelemetryRules;
import dev.clearspan.rpc.time.Ticker;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What a server tells the registry, and in which order. */
class RegistryPresenceTest {
  @Test
  void serverRegistersDescribesItselfAndLeavesInOrder() {
    EventRegistry registry = new EventRegistry();
    RpcServer server =
        RpcServer.builder("orders")
            .service(new EchoService())
            .registry(registry)
            .advertise("10.0.0.7", 9090)
            .weight(50)
            .zone("a")
            .version("1.2")
            .tag("stage", "canary")
            .start();

    Instance instance = registry.instances.get(0);
    assertThat(instance.getService()).isEqualTo("orders");
    assertThat(instance.getInstanceId()).isEqualTo("10.0.0.7:9090");
    assertThat(instance.getHost()).isEqualTo("10.0.0.7");
    assertThat(instance.getPort()).isEqualTo(9090);
    assertThat(instance.getWeight()).isEqualTo(50);
    assertThat(instance.getZone()).isEqualTo("a");
    assertThat(instance.getVersion()).isEqualTo("1.2");
    assertThat(instance.getTagsMap()).containsEntry("stage", "canary");
    assertThat(instance.getProtocolsList()).containsExactly("clearspan/1", "grpc", "connect");
    assertThat(instance.getIncarnation()).isEqualTo(registry.board.identity().processId());

    ProcessStatus status = registry.board.snapshot();
    assertThat(status.getService()).isEqualTo("orders");
    assertThat(status.getInstanceId()).isEqualTo("10.0.0.7:9090");
    assertThat(status.getPipelineList())
        .extracting(stage -> stage.getName())
        .contains("server/gate", "server/handler");

    server.close();
    assertThat(registry.events)
        .containsExactly(
            "watch rules orders", "register", "drain", "deregister", "stop watching rules");
    assertThat(registry.board.snapshot().getInstanceId()).isEmpty();
  }

  @Test
  void theServicesPolicySaysWhatIsRecordedOfServedCalls() {
    FakeRegistry registry = new FakeRegistry("orders", "orders");
    RecordingLedger ledger = new RecordingLedger();
    Subscription rules =
        registry.watchRules("orders", new OwnRules(ledger, new CallGate(16, Ticker.SYSTEM)));
    assertThat(ledger.telemetryOf("orders")).isEqualTo(TelemetryRules.NONE);

    registry.policy(rate(0.5));
    assertThat(ledger.telemetryOf("orders").others().headSampleRate()).isEqualTo(0.5);
    assertThatThrownBy(() -> registry.policy(rate(2)))
        .hasMessageContaining("service.telemetry.headSampleRate: 2 (expected: 0 to 1)");
    assertThat(ledger.telemetryOf("orders").others().headSampleRate()).isEqualTo(0.5);
    rules.close();
  }

  private static ServicePolicy rate(double rate) {
    TelemetryPolicy telemetry = TelemetryPolicy.newBuilder().setHeadSampleRate(rate).build();
    return ServicePolicy.newBuilder()
        .setService(Policy.newBuilder().setTelemetry(telemetry))
        .build();
  }

  @Test
  void anInstanceIdGivenByTheEnvironmentIsKept() {
    RpcServer server =
        RpcServer.builder("orders")
            .identity(ProcessIdentity.of("anything").withInstanceId("orders-1"))
            .start();

    assertThat(server.identity().service()).isEqualTo("orders");
    assertThat(server.identity().instanceId()).isEqualTo("orders-1");
    server.close();
  }

  private static final class EventRegistry implements Registry {
    final List<String> events = new ArrayList<>();
    final List<Instance> instances = new ArrayList<>();
    final StatusBoard board = new StatusBoard(ProcessIdentity.of("process"));

    @Override
    public Registration register(Instance instance) {
      events.add("register");
      instances.add(instance);
      return new Registration() {
        @Override
        public boolean isRegistered() {
          return true;
        }

        @Override
        public void drain() {
          events.add("drain");
        }

        @Override
        public void close() {
          events.add("deregister");
        }
      };
    }

    @Override
    public Subscription watch(String service, Consumer<InstanceSet> listener) {
      throw new AssertionError("servers watch no instances");
    }

    @Override
    public Subscription watchRules(String service, Consumer<ServiceRules> listener) {
      events.add("watch rules " + service);
      return () -> events.add("stop watching rules");
    }

    @Override
    public StatusBoard status() {
      return board;
    }

    @Override
    public void close() {}
  }
}
