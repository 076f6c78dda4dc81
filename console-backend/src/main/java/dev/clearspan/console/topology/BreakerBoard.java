package dev.clearspan.console.topology;

import dev.clearspan.console.registry.Overrides;
import dev.clearspan.console.registry.RegistrySnapshot;
import dev.clearspan.console.registry.Stored;
import dev.clearspan.protocol.BreakerStatus;
import dev.clearspan.protocol.ForcedBreaker;
import dev.clearspan.protocol.ForcedBreakers;
import dev.clearspan.protocol.ProcessStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** What callers report of their breakers, and what operators have forced. */
final class BreakerBoard {
  private final RegistrySnapshot registry;
  private final Instant now;
  private final List<Report> reports = new ArrayList<>();
  private final Map<TopologyBuilder.Pair, List<BreakerStatus>> ofPair = new HashMap<>();
  private final Map<String, List<Report>> ofService = new HashMap<>();

  BreakerBoard(RegistrySnapshot registry, Instant now) {
    this.registry = registry;
    this.now = now;
    for (Stored<ProcessStatus> status : registry.statuses().values()) {
      String caller = status.value().getService();
      status.value().getBreakersList().forEach(found -> add(new Report(caller, found)));
    }
  }

  private void add(Report report) {
    String service = report.breaker().getService();
    reports.add(report);
    ofService.computeIfAbsent(service, key -> new ArrayList<>()).add(report);
    ofPair
        .computeIfAbsent(
            new TopologyBuilder.Pair(report.caller(), service), key -> new ArrayList<>())
        .add(report.breaker());
  }

  /** One breaker of one process. */
  record Report(String caller, BreakerStatus breaker) {
    BreakerKey key() {
      return new BreakerKey(
          caller, breaker.getService(), breaker.getMethod(), breaker.getInstance());
    }
  }

  List<Report> reports() {
    return reports;
  }

  EdgeBreaker ofEdge(String caller, String service) {
    return worst(caller, service, breaker -> true).or(forcedAndApplied(caller, service, ""));
  }

  EdgeBreaker ofEdgeInstance(String caller, String service, String instance) {
    return worst(caller, service, breaker -> concerns(breaker, instance))
        .or(forcedAndApplied(caller, service, instance));
  }

  private static boolean concerns(BreakerStatus breaker, String instance) {
    return breaker.getInstance().isEmpty() || breaker.getInstance().equals(instance);
  }

  private EdgeBreaker worst(String caller, String service, Predicate<BreakerStatus> condition) {
    return ofPair.getOrDefault(new TopologyBuilder.Pair(caller, service), List.of()).stream()
        .filter(condition)
        .map(EdgeBreaker::of)
        .reduce(EdgeBreaker.CLOSED, EdgeBreaker::or);
  }

  /** What is forced for the whole edge (or instance), as soon as one of its callers applies it. */
  private EdgeBreaker forcedAndApplied(String caller, String service, String instance) {
    if (applied(caller, service) == 0) {
      return EdgeBreaker.CLOSED;
    }
    return forced(new BreakerKey(caller, service, "", instance))
        .map(forced -> EdgeBreaker.forced(forced.getState()))
        .orElse(EdgeBreaker.CLOSED);
  }

  /** Processes of the caller that have applied what is forced toward the service. */
  int applied(String caller, String service) {
    Stored<ForcedBreakers> stored = registry.forced().get(service);
    if (stored == null) {
      return 0;
    }
    return (int)
        registry.callersOf(service).stream()
            .filter(status -> status.getService().equals(caller))
            .filter(status -> Overrides.appliedRevision(status, service) >= stored.revision())
            .count();
  }

  /** The first entry that forces this breaker, by the engine's rule. */
  Optional<ForcedBreaker> forced(BreakerKey key) {
    return unexpired(key.service()).stream()
        .filter(forced -> matches(forced.getCaller(), key.caller()))
        .filter(forced -> matches(forced.getMethod(), key.method()))
        .filter(forced -> matches(forced.getInstance(), key.instance()))
        .findFirst();
  }

  private static boolean matches(String pattern, String value) {
    return pattern.isEmpty() || pattern.equals(value);
  }

  List<ForcedBreaker> unexpired(String service) {
    Stored<ForcedBreakers> stored = registry.forced().get(service);
    if (stored == null) {
      return List.of();
    }
    return stored.value().getForcedList().stream()
        .filter(forced -> !Overrides.isExpired(forced, now))
        .toList();
  }

  ServiceNode.BreakerCounts counts(String service) {
    Set<BreakerKey> open = new HashSet<>();
    Set<BreakerKey> halfOpen = new HashSet<>();
    for (Report report : ofService.getOrDefault(service, List.of())) {
      switch (EdgeBreaker.of(report.breaker())) {
        case OPEN -> open.add(report.key());
        case HALF_OPEN -> halfOpen.add(report.key());
        default -> {}
      }
    }
    return new ServiceNode.BreakerCounts(open.size(), halfOpen.size(), unexpired(service).size());
  }
}
