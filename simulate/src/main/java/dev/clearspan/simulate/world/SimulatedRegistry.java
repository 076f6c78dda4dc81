package dev.clearspan.simulate.world;

import dev.clearspan.protocol.Instance;
import dev.clearspan.rpc.discovery.Discovery;
import dev.clearspan.rpc.discovery.InstanceSet;
import dev.clearspan.rpc.discovery.Registration;
import dev.clearspan.rpc.discovery.Subscription;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/** Who is where; each client hears of a change after 10 to 60 ms. */
final class SimulatedRegistry implements Discovery {
  private static final int WEIGHT = 100;
  private static final long LEAST_NANOS = 10_000_000;
  private static final long SPREAD_NANOS = 50_000_000;

  private final String service;
  private final VirtualTime time;
  private final RandomGenerator random;
  private final Map<String, Instance> instances = new TreeMap<>();
  private final List<Watch> watches = new ArrayList<>();
  private InstanceSet current;
  private long revision = 1;

  SimulatedRegistry(String service, VirtualTime time, RandomGenerator random) {
    this.service = service;
    this.time = time;
    this.random = random;
    this.current = InstanceSet.empty(service);
  }

  /** Writes the server's entry, as it is now. */
  void put(SimulatedServer server) {
    boolean drains = server.state() == SimulatedServer.State.DRAINING;
    Instance instance =
        Instance.newBuilder()
            .setService(service)
            .setInstanceId(id(server))
            .setHost(server.host())
            .setPort(server.port())
            .setWeight(WEIGHT)
            .setIncarnation(Integer.toString(server.incarnation()))
            .setState(drains ? Instance.State.DRAINING : Instance.State.UP)
            .build();
    instances.put(instance.getInstanceId(), instance);
    changed();
  }

  void remove(SimulatedServer server) {
    instances.remove(id(server));
    changed();
  }

  /** Servers register by {@link #put}. */
  @Override
  public Registration register(Instance instance) {
    throw new UnsupportedOperationException("register " + instance.getInstanceId());
  }

  @Override
  public Subscription watch(String watched, Consumer<InstanceSet> listener) {
    Watch watch = new Watch(listener);
    watches.add(watch);
    watch.run();
    return () -> watches.remove(watch);
  }

  @Override
  public void close() {}

  private static String id(SimulatedServer server) {
    return "%s:%d".formatted(server.host(), server.port());
  }

  private void changed() {
    current = new InstanceSet(service, ++revision, List.copyOf(instances.values()), Set.of());
    if (time.nanos() > 0) {
      watches.forEach(watch -> time.after(LEAST_NANOS + random.nextLong(SPREAD_NANOS), watch));
    }
  }

  /** One client's: hears the newest set, each at most once. */
  private final class Watch implements Runnable {
    private final Consumer<InstanceSet> listener;
    private long heard;

    private Watch(Consumer<InstanceSet> listener) {
      this.listener = listener;
    }

    @Override
    public void run() {
      if (current.revision() > heard) {
        heard = current.revision();
        listener.accept(current);
      }
    }
  }
}
