package dev.clearspan.console;

import com.google.protobuf.Timestamp;
import dev.clearspan.etcd.EtcdRegistry;
import dev.clearspan.protocol.BreakerState;
import dev.clearspan.protocol.BreakerStatus;
import dev.clearspan.protocol.CodePolicy;
import dev.clearspan.protocol.EffectiveWeight;
import dev.clearspan.protocol.Instance;
import dev.clearspan.protocol.Policy;
import dev.clearspan.protocol.ProcessStatus;
import dev.clearspan.protocol.UnreachableInstance;
import dev.clearspan.rpc.ProcessIdentity;
import dev.clearspan.rpc.control.SeenRules;
import dev.clearspan.rpc.control.ServiceRules;
import dev.clearspan.rpc.discovery.Registration;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A process as the registry sees it: the real registry client without any calls. */
public final class ShopProcess implements AutoCloseable {
  private final EtcdRegistry registry;
  private final String service;
  private final String instance;
  private final String processId;
  private final List<Consumer<ProcessStatus.Builder>> told = new CopyOnWriteArrayList<>();
  private final SeenRules obeyed = new SeenRules();
  private final CountDownLatch resumed = new CountDownLatch(1);
  private volatile boolean stopped;
  private @Nullable Registration registration;

  ShopProcess(String endpoint, String env, String service, String instance) {
    ProcessIdentity identity = ProcessIdentity.of(service).withInstanceId(instance);
    this.service = service;
    this.instance = instance;
    this.processId = identity.processId();
    this.registry =
        EtcdRegistry.builder()
            .endpoints(endpoint)
            .env(env)
            .identity(identity)
            .snapshotDirectory(Path.of(System.getProperty("java.io.tmpdir"), "snap-" + processId))
            .build();
    registry.status().contribute(status -> told.forEach(part -> part.accept(status)));
  }

  public String processId() {
    return processId;
  }

  /** Registers the instance, with weight 100 on a port nobody listens on. */
  public ShopProcess serve() {
    registration =
        registry.register(
            Instance.newBuilder()
                .setService(service)
                .setInstanceId(instance)
                .setHost("127.0.0.1")
                .setPort(9001)
                .setWeight(100)
                .setZone("z1")
                .setVersion("1.0")
                .addProtocols("clearspan/1")
                .setIncarnation(processId)
                .setState(Instance.State.UP)
                .build());
    return tell(status -> status.setInstanceId(instance));
  }

  /** Watches the rules of its own service, as servers do. */
  public ShopProcess obey() {
    registry.watchRules(service, rules -> {});
    return this;
  }

  /** Holds a channel to the service and applies its rules. */
  public ShopProcess call(String callee) {
    registry.watchRules(callee, this::take);
    return tell(status -> status.addCalls(callee));
  }

  private void take(ServiceRules rules) {
    try {
      if (stopped) {
        resumed.await();
      }
      obeyed.accept(rules);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** From now on it stands still at the next rules that come, until it is closed. */
  public void stop() {
    stopped = true;
  }

  /** The rules it has in force. */
  ServiceRules obeyed() {
    return obeyed.last();
  }

  /** Claims to be of a version with this policy schema. */
  ShopProcess ofSchema(int level) {
    return tell(status -> status.setPolicySchemaLevel(level));
  }

  /** Its code asks for this where it calls the service. */
  ShopProcess asks(String callee, Policy policy) {
    return tell(
        status -> status.addCode(CodePolicy.newBuilder().setService(callee).setPolicy(policy)));
  }

  /** Refuses whatever rules the service gets. */
  ShopProcess callAndRefuse(String callee, String reason) {
    registry.watchRules(
        callee,
        rules -> {
          if (rules.revision() > 0 && !rules.controls().isEmpty()) {
            throw new IllegalStateException(reason);
          }
        });
    return tell(status -> status.addCalls(callee));
  }

  /** Uses this instance of the service only. */
  ShopProcess callOnly(String callee, String on) {
    return tell(
        status ->
            status
                .addCalls(callee)
                .addPartlyUsed(callee)
                .addWeights(
                    EffectiveWeight.newBuilder()
                        .setService(callee)
                        .setInstance(on)
                        .setWeight(100)));
  }

  ShopProcess cannotReach(ShopProcess other) {
    return tell(
        status ->
            status.addUnreachable(
                UnreachableInstance.newBuilder()
                    .setService(other.service)
                    .setInstance(other.instance)
                    .setIncarnation(other.processId)
                    .setCause("connection reset")
                    .setSince(Timestamp.newBuilder().setSeconds(Instant.now().getEpochSecond()))));
  }

  ShopProcess breaker(String callee, String method, String on, BreakerState state) {
    return tell(
        status ->
            status.addBreakers(
                BreakerStatus.newBuilder()
                    .setService(callee)
                    .setMethod(method)
                    .setInstance(on)
                    .setComputed(state)
                    .setCause("5 consecutive failures")));
  }

  /** From now on it can reach all that it could not. */
  ShopProcess reachesAll() {
    return tell(ProcessStatus.Builder::clearUnreachable);
  }

  ShopProcess tell(Consumer<ProcessStatus.Builder> part) {
    told.add(part);
    registry.status().urgent();
    return this;
  }

  void deregister() {
    if (registration != null) {
      registration.close();
    }
  }

  @Override
  public void close() {
    resumed.countDown();
    registry.close();
  }
}
