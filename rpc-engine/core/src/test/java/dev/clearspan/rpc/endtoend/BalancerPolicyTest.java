package dev.clearspan.rpc.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import dev.clearspan.protocol.Instance;
import dev.clearspan.protocol.ServicePolicy;
import dev.clearspan.rpc.CallOptions;
import dev.clearspan.rpc.Metadata;
import dev.clearspan.rpc.RpcChannel;
import dev.clearspan.rpc.RpcServer;
import dev.clearspan.rpc.control.FakeRegistry;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A channel that is open takes another algorithm with its next call. */
class BalancerPolicyTest {
  private static final String SERVICE = "counter";

  private final FakeRegistry registry = new FakeRegistry(SERVICE, "caller");
  private final Deque<AutoCloseable> opened = new ArrayDeque<>();
  private final List<CounterService> services =
      List.of(new CounterService(), new CounterService(), new CounterService());
  private RpcChannel channel;

  @BeforeEach
  void start() {
    for (int i = 0; i < services.size(); i++) {
      RpcServer server =
          RpcServer.builder(SERVICE).service(services.get(i)).weight(100 * (i + 1)).start();
      opened.push(server);
      registry.put(instance(server, 100 * (i + 1)));
    }
    channel = RpcChannel.builder(SERVICE).registry(registry).build();
    opened.push(channel);
    await()
        .until(
            () -> {
              call("any");
              return services.stream().allMatch(service -> service.handled.get() > 0);
            });
  }

  @AfterEach
  void stop() throws Exception {
    while (!opened.isEmpty()) {
      opened.pop().close();
    }
  }

  @Test
  void aLiveChangeOfAlgorithmTakesEffectWithTheNextCall() throws Exception {
    algorithm("SMOOTH_WEIGHTED_ROUND_ROBIN");
    assertThat(handledOf(600)).containsExactly(100, 200, 300);

    algorithm("ROUND_ROBIN");
    assertThat(handledOf(600)).containsExactly(200, 200, 200);

    algorithm("CONSISTENT_HASH");
    assertThat(handledOf(30)).containsOnlyOnce(30);

    algorithm("SMOOTH_WEIGHTED_ROUND_ROBIN");
    assertThat(handledOf(600)).containsExactly(100, 200, 300);
  }

  /** Calls of one tenant that each instance has got. */
  private List<Integer> handledOf(int calls) {
    List<Integer> before = handled();
    for (int i = 0; i < calls; i++) {
      call("acme");
    }
    List<Integer> after = handled();
    return List.of(
        after.get(0) - before.get(0), after.get(1) - before.get(1), after.get(2) - before.get(2));
  }

  private List<Integer> handled() {
    return services.stream().map(service -> service.handled.get()).toList();
  }

  private void call(String tenant) {
    CallOptions options =
        CallOptions.DEFAULT
            .withDeadline(Duration.ofSeconds(30))
            .withMetadata(Metadata.EMPTY.with("tenant", tenant));
    assertThat(channel.call(CounterService.ECHO, "x", options)).isEqualTo("x");
  }

  private void algorithm(String name) throws InvalidProtocolBufferException {
    ServicePolicy.Builder document = ServicePolicy.newBuilder();
    JsonFormat.parser()
        .merge(
            "{\"service\": {\"balancer\": {\"algorithm\": \"%s\", \"hashKey\": \"tenant\"}}}"
                .formatted(name),
            document);
    registry.policy(document.build());
  }

  private static Instance instance(RpcServer server, int weight) {
    return Instance.newBuilder()
        .setService(SERVICE)
        .setInstanceId(server.identity().instanceId())
        .setHost("127.0.0.1")
        .setPort(server.port())
        .setWeight(weight)
        .setIncarnation(server.identity().processId())
        .setState(Instance.State.UP)
        .build();
  }
}
