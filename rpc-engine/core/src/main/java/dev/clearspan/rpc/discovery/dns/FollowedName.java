package dev.clearspan.rpc.discovery.dns;

import dev.clearspan.protocol.Instance;
import dev.clearspan.rpc.discovery.Address;
import dev.clearspan.rpc.discovery.InstanceSet;
import dev.clearspan.rpc.internal.dns.DnsAnswer;
import dev.clearspan.rpc.internal.dns.NameServers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One service's name, asked for again and again, and who listens. Confined to the name servers'
 * thread.
 */
final class FollowedName {
  private static final Logger LOG = LoggerFactory.getLogger(FollowedName.class);
  private static final Duration SHORTEST = Duration.ofSeconds(1);
  private static final int MOST_INSTANCES = 1_000;

  private final String service;
  private final Lookup lookup;
  private final Duration interval;
  private final NameServers servers;
  private final List<Consumer<InstanceSet>> listeners = new ArrayList<>();

  private @Nullable InstanceSet last;
  private long answers;
  private int failuresInARow;
  private String complaint = "";

  FollowedName(String service, Lookup lookup, Duration interval, NameServers servers) {
    this.service = service;
    this.lookup = lookup;
    this.interval = interval;
    this.servers = servers;
  }

  void start() {
    var unused = lookup.ask(servers).thenAccept(this::take);
  }

  void add(Consumer<InstanceSet> listener) {
    listeners.add(listener);
    if (last != null) {
      tell(listener, last);
    }
  }

  void remove(Consumer<InstanceSet> listener) {
    listeners.remove(listener);
  }

  private void take(DnsAnswer<Address> answer) {
    long ttlSeconds = 0;
    if (answer instanceof DnsAnswer.Failed<Address> failed) {
      failuresInARow++;
      complain("no answer", " (" + failed.cause() + "); keeping what was last known");
    } else {
      failuresInARow = 0;
      if (answer instanceof DnsAnswer.Found<Address> found && !found.records().isEmpty()) {
        ttlSeconds = found.ttlSeconds();
        complaint = "";
        publish(instances(found.records()), Set.of());
      } else {
        empty(answer instanceof DnsAnswer.NoSuchName<Address> ? "no such name" : "no addresses");
      }
    }
    servers.schedule(this::start, pause(ttlSeconds));
  }

  /** Nobody there any more is more often a mistake of the zone's than the truth. */
  private void empty(String what) {
    List<Instance> before = last == null ? List.of() : last.instances();
    complain(what, "; suspects now, in use while they answer: " + before.size());
    publish(before, before.stream().map(Instance::getInstanceId).collect(Collectors.toSet()));
  }

  private List<Instance> instances(List<Address> addresses) {
    Map<String, Instance> byId = new TreeMap<>(Comparator.naturalOrder());
    for (Address address : addresses) {
      if (byId.size() < MOST_INSTANCES) {
        byId.putIfAbsent(address.id(), address.instanceOf(service));
      }
    }
    return List.copyOf(byId.values());
  }

  private void publish(List<Instance> instances, Set<String> suspects) {
    InstanceSet set = new InstanceSet(service, ++answers, instances, suspects);
    last = set;
    List.copyOf(listeners).forEach(listener -> tell(listener, set));
  }

  private void tell(Consumer<InstanceSet> listener, InstanceSet set) {
    try {
      listener.accept(set);
    } catch (RuntimeException e) {
      LOG.error("a listener for {} failed; the others go on", service, e);
    }
  }

  /** As long as the answer lives, at most the interval; after failures doubling up to it. */
  private Duration pause(long ttlSeconds) {
    Duration wanted =
        failuresInARow > 0
            ? SHORTEST.multipliedBy(1L << Math.min(failuresInARow - 1, 20))
            : ttlSeconds > 0 ? Duration.ofSeconds(Math.min(ttlSeconds, 86_400)) : interval;
    long nanos = (wanted.compareTo(interval) < 0 ? wanted : interval).toNanos();
    return Duration.ofNanos(
        nanos - nanos / 5 + ThreadLocalRandom.current().nextLong(2 * nanos / 5));
  }

  /** Once for each kind of complaint in a row. */
  private void complain(String kind, String details) {
    if (!kind.equals(complaint)) {
      complaint = kind;
      LOG.warn("DNS, {} for {}: {}{}", lookup.name(), service, kind, details);
    }
  }
}
