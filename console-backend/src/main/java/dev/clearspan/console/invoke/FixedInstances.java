package dev.clearspan.console.invoke;

import dev.clearspan.protocol.Instance;
import dev.clearspan.rpc.discovery.Discovery;
import dev.clearspan.rpc.discovery.InstanceSet;
import dev.clearspan.rpc.discovery.Registration;
import dev.clearspan.rpc.discovery.Subscription;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The instances of one call, with all that the registry says of them: a connection checks that it
 * has reached the one that was meant.
 */
record FixedInstances(String service, List<Instance> instances) implements Discovery {
  @Override
  public Registration register(Instance instance) {
    throw new UnsupportedOperationException("the console registers nothing");
  }

  @Override
  public Subscription watch(String watched, Consumer<InstanceSet> listener) {
    List<Instance> known = watched.equals(service) ? instances : List.of();
    listener.accept(new InstanceSet(watched, /* revision= */ 1, known, Set.of()));
    return () -> {};
  }

  @Override
  public void close() {
    // Nothing is held.
  }
}
