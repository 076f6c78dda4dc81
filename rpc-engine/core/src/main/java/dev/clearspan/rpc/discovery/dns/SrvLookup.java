package dev.clearspan.rpc.discovery.dns;

import dev.clearspan.rpc.discovery.Address;
import dev.clearspan.rpc.discovery.HostNames;
import dev.clearspan.rpc.discovery.InstanceRules;
import dev.clearspan.rpc.internal.dns.DnsAnswer;
import dev.clearspan.rpc.internal.dns.NameServers;
import dev.clearspan.rpc.internal.dns.ServiceRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * The hosts, ports and weights of an SRV record (RFC 2782), of its most preferred priority only,
 * and then these hosts' addresses.
 */
record SrvLookup(String name) implements Lookup {
  /** Each is a question of its own. */
  private static final int MOST_TARGETS = 100;

  @Override
  public CompletableFuture<DnsAnswer<Address>> ask(NameServers servers) {
    return servers
        .services(name)
        .thenCompose(
            answer -> {
              if (answer instanceof DnsAnswer.Found<ServiceRecord> found) {
                return askTargets(preferred(found.records()), found.ttlSeconds(), servers);
              }
              return CompletableFuture.completedFuture(
                  answer instanceof DnsAnswer.Failed<ServiceRecord> failed
                      ? new DnsAnswer.Failed<>(failed.cause())
                      : new DnsAnswer.NoSuchName<>());
            });
  }

  private static List<ServiceRecord> preferred(List<ServiceRecord> records) {
    int first = records.stream().mapToInt(ServiceRecord::priority).min().orElse(0);
    return records.stream()
        .filter(record -> record.priority() == first)
        .filter(record -> record.port() > 0 && HostNames.isDialable(record.target()))
        .filter(record -> HostNames.literal(record.target()).isEmpty())
        .limit(MOST_TARGETS)
        .toList();
  }

  private static CompletableFuture<DnsAnswer<Address>> askTargets(
      List<ServiceRecord> targets, long ttlSeconds, NameServers servers) {
    boolean weighted = targets.stream().anyMatch(target -> target.weight() > 0);
    List<CompletableFuture<DnsAnswer<Address>>> answers =
        targets.stream()
            .map(
                target ->
                    new HostLookup(
                            target.target(),
                            target.port(),
                            weighted ? weight(target) : Address.DEFAULT_WEIGHT)
                        .ask(servers))
            .toList();
    return CompletableFuture.allOf(answers.toArray(CompletableFuture<?>[]::new))
        .thenApply(
            ignored -> merged(answers.stream().map(CompletableFuture::join).toList(), ttlSeconds));
  }

  /** 0 means a very small chance. */
  private static int weight(ServiceRecord target) {
    return Math.max(1, Math.min(InstanceRules.MAX_WEIGHT, target.weight()));
  }

  /** Half an answer is none: a host that could not be asked for is not gone. */
  private static DnsAnswer<Address> merged(List<DnsAnswer<Address>> answers, long ttlSeconds) {
    List<Address> addresses = new ArrayList<>();
    long ttl = ttlSeconds;
    for (DnsAnswer<Address> answer : answers) {
      if (answer instanceof DnsAnswer.Failed<Address>) {
        return answer;
      }
      if (answer instanceof DnsAnswer.Found<Address> found && !found.records().isEmpty()) {
        addresses.addAll(found.records());
        ttl = Math.min(ttl, found.ttlSeconds());
      }
    }
    return new DnsAnswer.Found<>(addresses, ttl);
  }
}
