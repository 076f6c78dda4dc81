package dev.clearspan.rpc.discovery;

import dev.clearspan.protocol.Instance;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Addresses that are known beforehand and never change. It takes no registrations, and has neither
 * rules nor status: channels follow what their code and the defaults say. Immutable.
 *
 * <pre>{@code
 * RpcChannel payments = RpcChannel.builder("payments")
 *     .discovery(StaticDiscovery.parse("payments=10.0.0.1:9090;10.0.0.2:9090,weight=200"))
 *     .build();
 * }</pre>
 */
public final class StaticDiscovery implements Discovery {
  private static final Logger LOG = LoggerFactory.getLogger(StaticDiscovery.class);

  /** What is known from the start is as new as the first revision of a registry. */
  private static final long REVISION = 1;

  private final Map<String, InstanceSet> sets = new TreeMap<>();

  private StaticDiscovery(Map<String, List<Address>> services) {
    services.forEach((service, addresses) -> sets.put(service, set(service, addresses)));
  }

  /**
   * Knows these services.
   *
   * @throws IllegalArgumentException if a name or an address breaks the registry's rules, or an
   *     address is there twice
   */
  public static StaticDiscovery of(Map<String, List<Address>> services) {
    return new StaticDiscovery(services);
  }

  /**
   * Knows the services of a text such as {@code
   * payments=10.0.0.1:9090;[2001:db8::7]:9090,weight=200}, one service a line or separated by
   * blanks, comments after {@code #}.
   *
   * @throws IllegalArgumentException quoting the part that does not have this form
   */
  public static StaticDiscovery parse(String text) {
    return new StaticDiscovery(AddressText.parse(text));
  }

  /**
   * Refuses: nobody else could hear of it.
   *
   * @throws UnsupportedOperationException always
   */
  @Override
  public Registration register(Instance instance) {
    throw new UnsupportedOperationException(
        instance.getInstanceId()
            + " of "
            + instance.getService()
            + ": a static discovery takes no registrations (expected: a registry such as etcd)");
  }

  /** Tells the listener once, before it returns; a service that is not known is an empty set. */
  @Override
  public Subscription watch(String service, Consumer<InstanceSet> listener) {
    RegistryNames.requireName("service", service);
    InstanceSet known = sets.get(service);
    try {
      listener.accept(
          known == null ? new InstanceSet(service, REVISION, List.of(), Set.of()) : known);
    } catch (RuntimeException e) {
      LOG.error("a listener for {} failed", service, e);
    }
    return () -> {};
  }

  @Override
  public void close() {
    // Nothing is held.
  }

  private static InstanceSet set(String service, List<Address> addresses) {
    RegistryNames.requireName("service", service);
    Set<String> ids = new HashSet<>();
    for (Address address : addresses) {
      if (!ids.add(address.id())) {
        throw new IllegalArgumentException(
            service + ": " + address.id() + " twice (expected: once, with a weight)");
      }
    }
    List<Instance> instances =
        addresses.stream()
            .map(address -> address.instanceOf(service))
            .sorted(Comparator.comparing(Instance::getInstanceId))
            .toList();
    return new InstanceSet(service, REVISION, instances, Set.of());
  }
}
