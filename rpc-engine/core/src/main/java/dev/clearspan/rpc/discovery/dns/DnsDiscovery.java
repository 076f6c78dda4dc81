package dev.clearspan.rpc.discovery.dns;

import dev.clearspan.protocol.Instance;
import dev.clearspan.rpc.discovery.Address;
import dev.clearspan.rpc.discovery.Discovery;
import dev.clearspan.rpc.discovery.InstanceSet;
import dev.clearspan.rpc.discovery.Registration;
import dev.clearspan.rpc.discovery.RegistryNames;
import dev.clearspan.rpc.discovery.Subscription;
import dev.clearspan.rpc.internal.dns.NameServers;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * Finds instances by DNS: all addresses of a host name (A, else AAAA) or the targets of an SRV
 * record. It takes no registrations, and has neither rules nor status. Thread-safe; listeners are
 * called on one thread, which they must not block.
 *
 * <p>A name is asked for again when its answer's life is over, at least every {@linkplain
 * Builder#interval interval}, jittered by a fifth. An answer with addresses replaces the last one.
 * One without any, or "no such name", makes all known instances suspects, and no answer changes
 * nothing, so that neither empties a working set. Revisions count the answers of this process.
 *
 * <pre>{@code
 * DnsDiscovery dns = DnsDiscovery.builder()
 *     .host("payments", "payments.prod.svc.cluster.local", 9090)
 *     .srv("orders", "_rpc._tcp.orders.prod.svc.cluster.local")
 *     .build();
 * RpcChannel payments = RpcChannel.builder("payments").discovery(dns).build();
 * }</pre>
 */
public final class DnsDiscovery implements Discovery {
  private final Map<String, Lookup> lookups;
  private final Duration interval;
  private final NameServers servers;
  private final AtomicBoolean closed = new AtomicBoolean();

  /** Confined to the name servers' thread. */
  private final Map<String, FollowedName> followed = new HashMap<>();

  private DnsDiscovery(Builder builder) {
    lookups = Map.copyOf(builder.lookups);
    interval = builder.interval;
    servers = new NameServers(builder.nameServers, builder.timeout);
  }

  public static Builder builder() {
    return new Builder();
  }

  /**
   * Refuses: zones are written elsewhere.
   *
   * @throws UnsupportedOperationException always
   */
  @Override
  public Registration register(Instance instance) {
    throw new UnsupportedOperationException(
        instance.getInstanceId()
            + " of "
            + instance.getService()
            + ": DNS discovery takes no registrations (expected: a registry such as etcd)");
  }

  /**
   * Tells the listener every answer; a service without a name is an empty set.
   *
   * @throws IllegalArgumentException if the service's name breaks the registry's rules
   * @throws IllegalStateException after {@link #close}
   */
  @Override
  public Subscription watch(String service, Consumer<InstanceSet> listener) {
    RegistryNames.requireName("service", service);
    if (closed.get()) {
      throw new IllegalStateException("the DNS discovery is closed");
    }
    Lookup lookup = lookups.getOrDefault(service, Lookup.NOWHERE);
    AtomicBoolean open = new AtomicBoolean(true);
    Consumer<InstanceSet> guarded =
        set -> {
          if (open.get() && !closed.get()) {
            listener.accept(set);
          }
        };
    servers.execute(() -> follow(service, lookup).add(guarded));
    return () -> {
      if (open.compareAndSet(true, false) && !closed.get()) {
        servers.execute(() -> follow(service, lookup).remove(guarded));
      }
    };
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      servers.close();
    }
  }

  private FollowedName follow(String service, Lookup lookup) {
    FollowedName known = followed.get(service);
    if (known == null) {
      known = new FollowedName(service, lookup, interval, servers);
      followed.put(service, known);
      known.start();
    }
    return known;
  }

  /** Names and settings. Not thread-safe. */
  public static final class Builder {
    private static final Duration SHORTEST = Duration.ofMillis(100);
    private static final Duration LONGEST = Duration.ofHours(1);

    private final Map<String, Lookup> lookups = new HashMap<>();
    private List<InetSocketAddress> nameServers = List.of();
    private Duration interval = Duration.ofSeconds(30);
    private Duration timeout = Duration.ofSeconds(2);

    private Builder() {}

    /**
     * Finds a service at all addresses of a host name. Search domains and {@code /etc/hosts} are
     * not looked at.
     *
     * @param port 1 to 65,535
     */
    public Builder host(String service, String name, int port) {
      return add(service, new HostLookup(name, port, Address.DEFAULT_WEIGHT));
    }

    /** Finds a service by an SRV record, of which the most preferred priority is used. */
    public Builder srv(String service, String name) {
      return add(service, new SrvLookup(name));
    }

    /** The name servers that are asked, in this order. Default: the operating system's. */
    public Builder nameServers(InetSocketAddress... servers) {
      nameServers = List.of(servers);
      return this;
    }

    /** The longest time between two questions, 100 ms to 1 h. Default 30 s. */
    public Builder interval(Duration value) {
      interval = within("interval", value);
      return this;
    }

    /** How long one name server may take to answer, 100 ms to 1 h. Default 2 s. */
    public Builder timeout(Duration value) {
      timeout = within("timeout", value);
      return this;
    }

    /** Asks nobody before somebody watches. */
    public DnsDiscovery build() {
      return new DnsDiscovery(this);
    }

    private Builder add(String service, Lookup lookup) {
      RegistryNames.requireName("service", service);
      if (lookups.putIfAbsent(service, lookup) != null) {
        throw new IllegalArgumentException(service + ": two names (expected: one)");
      }
      return this;
    }

    private static Duration within(String what, Duration value) {
      if (value.compareTo(SHORTEST) < 0 || value.compareTo(LONGEST) > 0) {
        throw new IllegalArgumentException(what + ": " + value + " (expected: 100 ms to 1 h)");
      }
      return value;
    }
  }
}
