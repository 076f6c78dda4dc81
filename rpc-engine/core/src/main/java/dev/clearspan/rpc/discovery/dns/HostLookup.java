package dev.clearspan.rpc.discovery.dns;

import dev.clearspan.rpc.discovery.Address;
import dev.clearspan.rpc.discovery.HostNames;
import dev.clearspan.rpc.internal.dns.DnsAnswer;
import dev.clearspan.rpc.internal.dns.NameServers;
import java.net.InetAddress;
import java.util.concurrent.CompletableFuture;

/** All addresses of a host name, at one port: the IPv4 ones, else the IPv6 ones. */
record HostLookup(String name, int port, int weight) implements Lookup {
  HostLookup {
    if (HostNames.literal(name).isPresent()) {
      throw new IllegalArgumentException(
          "name: \"" + name + "\" (expected: a host name; addresses go into StaticDiscovery)");
    }
    var unused = new Address(name, port, weight);
  }

  @Override
  public CompletableFuture<DnsAnswer<Address>> ask(NameServers servers) {
    return servers
        .ipv4(name)
        .thenCompose(
            answer ->
                answer instanceof DnsAnswer.Found<InetAddress> found && found.records().isEmpty()
                    ? servers.ipv6(name)
                    : CompletableFuture.completedFuture(answer))
        .thenApply(this::addresses);
  }

  private DnsAnswer<Address> addresses(DnsAnswer<InetAddress> answer) {
    if (answer instanceof DnsAnswer.Found<InetAddress> found) {
      return new DnsAnswer.Found<>(
          found.records().stream()
              .map(InetAddress::getHostAddress)
              .filter(HostNames::isDialable)
              .map(host -> new Address(host, port, weight))
              .toList(),
          found.ttlSeconds());
    }
    return answer instanceof DnsAnswer.Failed<InetAddress> failed
        ? new DnsAnswer.Failed<>(failed.cause())
        : new DnsAnswer.NoSuchName<>();
  }
}
