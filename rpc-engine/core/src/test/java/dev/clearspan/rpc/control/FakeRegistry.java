package dev.clearspan.rpc.control;

import dev.clearspan.protocol.ForcedBreaker;
import dev.clearspan.protocol.ForcedBreakers;
import dev.clearspan.protocol.Instance;
import dev.clearspan.protocol.InstanceControl;
import dev.clearspan.protocol.ServicePolicy;
import dev.clearspan.rpc.ProcessIdentity;
import dev.clearspan.rpc.Registry;
import dev.clearspan.rpc.discovery.InstanceSet;
import dev.clearspan.rpc.discovery.Registration;
import dev.clearspan.rpc.discovery.Subscription;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A registry in memory for one service; tests change it and their listeners hear at once. */
public final class FakeRegistry implements Registry {
  private final String service;
  private final StatusBoard board;
  private final List<Consumer<InstanceSet>> watchers = new ArrayList<>();
  private final List<Consumer<ServiceRules>> ruleWatchers = new ArrayList<>();
  private final Map<String, Instance> instances = new LinkedHashMap<>();
  private final Map<String, InstanceControl> controls = new HashMap<>();
  private final List<ForcedBreaker> forced = new ArrayList<>();
  private ServicePolicy policy = ServicePolicy.getDefaultInstance();
  private @Nullable InstanceSet last;
  private long revision = 100;

  public FakeRegistry(String service, String caller) {
    this.service = service;
    this.board = new StatusBoard(ProcessIdentity.of(caller));
  }

  /** An instance at 10.0.0.1 with weight 100; id and incarnation follow from the port. */
  public static Instance instance(String service, int port) {
    return Instance.newBuilder()
        .setService(service)
        .setInstanceId("i-" + port)
        .setHost("10.0.0.1")
        .setPort(port)
        .setWeight(100)
        .setIncarnation("one-" + port)
        .setState(Instance.State.UP)
        .build();
  }

  public void put(int... ports) {
    for (int port : ports) {
      put(instance(service, port));
    }
  }

  public void put(Instance instance) {
    instances.put(instance.getInstanceId(), instance);
    publish(Set.of());
  }

  public void delete(int port) {
    instances.remove("i-" + port);
    publish(Set.of());
  }

  /** The key vanished without a drain mark. */
  public void suspect(int port) {
    publish(Set.of("i-" + port));
  }

  public void publishEmpty() {
    tell(new InstanceSet(service, ++revision, List.of(), Set.of()));
  }

  public void control(int port, InstanceControl control) {
    control("i-" + port, control);
  }

  public void control(String instanceId, InstanceControl control) {
    controls.put(instanceId, control);
    publishRules();
  }

  public void policy(ServicePolicy value) {
    policy = value;
    publishRules();
  }

  public void force(ForcedBreaker entry) {
    forced.add(entry);
    publishRules();
  }

  public void liftForced() {
    forced.clear();
    publishRules();
  }

  private void publish(Set<String> suspects) {
    tell(new InstanceSet(service, ++revision, List.copyOf(instances.values()), suspects));
  }

  private void tell(InstanceSet set) {
    last = set;
    watchers.forEach(watcher -> watcher.accept(set));
  }

  private void publishRules() {
    revision++;
    ruleWatchers.forEach(watcher -> watcher.accept(rules()));
  }

  private ServiceRules rules() {
    return new ServiceRules(
        service,
        revision,
        policy,
        controls,
        ForcedBreakers.newBuilder().addAllForced(forced).build(),
        List.of(),
        List.of());
  }

  /** For servers that tests start; most put instances themselves. */
  @Override
  public Registration register(Instance instance) {
    put(instance);
    return new Registration() {
      @Override
      public boolean isRegistered() {
        return instances.containsKey(instance.getInstanceId());
      }

      @Override
      public void ready(boolean ready) {
        put(
            instance.toBuilder()
                .setState(ready ? Instance.State.UP : Instance.State.DRAINING)
                .build());
      }

      @Override
      public void drain() {
        put(instance.toBuilder().setState(Instance.State.DRAINING).build());
      }

      @Override
      public void close() {
        instances.remove(instance.getInstanceId());
        publish(Set.of());
      }
    };
  }

  @Override
  public Subscription watch(String watched, Consumer<InstanceSet> listener) {
    watchers.add(listener);
    if (last != null) {
      listener.accept(last);
    }
    return () -> watchers.remove(listener);
  }

  @Override
  public Subscription watchRules(String watched, Consumer<ServiceRules> listener) {
    ruleWatchers.add(listener);
    listener.accept(rules());
    return () -> ruleWatchers.remove(listener);
  }

  @Override
  public StatusBoard status() {
    return board;
  }

  public int watchersLeft() {
    return watchers.size() + ruleWatchers.size();
  }

  @Override
  public void close() {}
}
