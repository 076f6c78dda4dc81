package dev.clearspan.rpc.server;

import com.google.protobuf.Timestamp;
import dev.clearspan.protocol.Instance;
import dev.clearspan.protocol.PipelineStage;
import dev.clearspan.protocol.ProcessStatus;
import dev.clearspan.rpc.ProcessIdentity;
import dev.clearspan.rpc.Protocol;
import dev.clearspan.rpc.Registry;
import dev.clearspan.rpc.RpcChannel.Stage;
import dev.clearspan.rpc.ServiceDefinition;
import dev.clearspan.rpc.discovery.Registration;
import dev.clearspan.rpc.discovery.Subscription;
import dev.clearspan.rpc.ledger.CallLedger;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;

/**
 * A server as the registry sees it: its instance, its part of the process' status, and its watch on
 * the rules of its own service, by which it acknowledges them as a server.
 */
public final class RegistryPresence implements AutoCloseable {
  private final Registry registry;
  private final Registration registration;
  private final Subscription status;
  private final Subscription rules;
  private final Subscription pushInterval;

  private RegistryPresence(
      Registry registry,
      Registration registration,
      Subscription status,
      Subscription rules,
      Subscription pushInterval) {
    this.registry = registry;
    this.registration = registration;
    this.status = status;
    this.rules = rules;
    this.pushInterval = pushInterval;
  }

  /**
   * Registers the server; it accepts calls already, and is marked if it is not ready.
   *
   * @param notReady tells why it is not; empty: it is
   */
  public static RegistryPresence enter(
      Registry registry,
      ProcessIdentity identity,
      Advertised advertised,
      Collection<ServiceDefinition> services,
      List<Stage> pipeline,
      CallLedger ledger,
      CallGate gate,
      Supplier<String> notReady) {
    Subscription status =
        registry
            .status()
            .contribute(
                part -> {
                  describe(part, identity, pipeline);
                  part.setNotReady(notReady.get());
                  OverloadEntry.add(part, identity, gate);
                });
    gate.onOverload(registry.status()::changed);
    Subscription rules = registry.watchRules(identity.service(), new OwnRules(ledger, gate));
    Subscription pushInterval = registry.watchMetricPushInterval(ledger::metricPushInterval);
    ServiceDescriptors descriptors = ServiceDescriptors.of(services);
    descriptors.publish(registry);
    Registration registration =
        registry.register(
            instance(identity, advertised, descriptors.hash(), notReady.get().isEmpty()));
    return new RegistryPresence(registry, registration, status, rules, pushInterval);
  }

  /** Writes the drain mark; returns when the registry has it, or after 2 s. */
  public void drain() {
    registration.drain();
  }

  /** Marks the instance as out of use, or as back. */
  public void ready(boolean ready) {
    registration.ready(ready);
    registry.status().changed();
  }

  /** Takes the instance out of the registry. */
  @Override
  public void close() {
    registration.close();
    pushInterval.close();
    rules.close();
    status.close();
  }

  private static void describe(
      ProcessStatus.Builder part, ProcessIdentity identity, List<Stage> pipeline) {
    part.setService(identity.service()).setInstanceId(identity.instanceId());
    pipeline.forEach(
        stage ->
            part.addPipeline(
                PipelineStage.newBuilder()
                    .setName("server/" + stage.name())
                    .setDescription(stage.description())));
  }

  private static Instance instance(
      ProcessIdentity identity, Advertised advertised, String descriptorHash, boolean ready) {
    return Instance.newBuilder()
        .setService(identity.service())
        .setInstanceId(identity.instanceId())
        .setHost(advertised.host())
        .setPort(advertised.port())
        .setWeight(advertised.weight())
        .setZone(advertised.zone())
        .setVersion(advertised.version())
        .putAllTags(advertised.tags())
        .addProtocols(Protocol.CLEARSPAN.registeredAs())
        .addProtocols(Protocol.GRPC.registeredAs())
        .addProtocols("connect")
        .setDescriptorHash(descriptorHash)
        .setIncarnation(identity.processId())
        .setStarted(
            Timestamp.newBuilder()
                .setSeconds(identity.started().getEpochSecond())
                .setNanos(identity.started().getNano()))
        .setState(ready ? Instance.State.UP : Instance.State.DRAINING)
        .build();
  }
}
