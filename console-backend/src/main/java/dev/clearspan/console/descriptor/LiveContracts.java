package dev.clearspan.console.descriptor;

import dev.clearspan.console.problem.ProblemException;
import dev.clearspan.console.registry.RegistrySnapshot;
import dev.clearspan.console.registry.RegistryView;
import dev.clearspan.console.registry.Times;
import dev.clearspan.contract.Comparison;
import dev.clearspan.contract.Comparison.Extent;
import dev.clearspan.protocol.Instance;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/** Which contracts the instances of each service have now, and whether they fit. Thread-safe. */
public final class LiveContracts {
  /** Contracts of one service that are compared; those with the most instances. */
  static final int MOST_VERSIONS = 8;

  private static final int MOST_INSTANCES = 100;
  private static final int MOST_SERVICES = 100;

  private final RegistryView registry;
  private final DescriptorLibrary library;

  public LiveContracts(RegistryView registry, DescriptorLibrary library) {
    this.registry = registry;
    this.library = library;
  }

  /** The set that an instance publishes; empty if it has none that can be used. */
  public Optional<DescriptorSet> of(Instance instance) {
    return instance.getDescriptorHash().isEmpty()
        ? Optional.empty()
        : usable(instance.getDescriptorHash());
  }

  /**
   * The set with this hash, or the newest of the service's.
   *
   * @param hash one that an instance of the service has; empty: the newest
   * @throws ProblemException 404 if there is none; the detail says why
   */
  public DescriptorSet require(String service, String hash) {
    List<LiveVersion> live = versions(service);
    if (!hash.isEmpty() && live.stream().noneMatch(each -> each.hash().equals(hash))) {
      throw ProblemException.notFound(
          "No instance of " + service + " has the descriptors '" + hash + "' now");
    }
    List<String> reasons = new ArrayList<>();
    for (int i = live.size() - 1; i >= 0; i--) {
      LiveVersion version = live.get(i);
      if (version.isUsable() && (hash.isEmpty() || version.hash().equals(hash))) {
        return usable(version.hash()).orElseThrow();
      }
      reasons.add(version.hash().isEmpty() ? "none published" : String.valueOf(version.problem()));
    }
    throw ProblemException.notFound(
        "No instance of "
            + service
            + " has descriptors that can be used: "
            + (reasons.isEmpty() ? "there is no instance" : String.join("; ", reasons)));
  }

  /** The service's contracts, the oldest first; a service that is not there has none. */
  public List<LiveVersion> versions(String service) {
    return grouped(registry.snapshot(), service).stream().map(this::checked).toList();
  }

  /** What breaks whom among the contracts that are live, from each to the next newer one. */
  public ContractReport report(String service) {
    List<LiveVersion> live = versions(service);
    List<LiveVersion> usable = live.stream().filter(LiveVersion::isUsable).toList();
    List<LiveVersion> compared =
        usable.subList(Math.max(0, usable.size() - MOST_VERSIONS), usable.size());
    List<ContractReport.Step> steps = new ArrayList<>();
    for (int i = 1; i < compared.size(); i++) {
      steps.add(step(compared.get(i - 1).hash(), compared.get(i).hash()));
    }
    boolean breaking = steps.stream().anyMatch(ContractReport.Step::breaking);
    return new ContractReport(service, breaking, live, steps);
  }

  /** The reports of services whose instances do not all have the same contract. */
  public List<ContractReport> mixed() {
    RegistrySnapshot snapshot = registry.snapshot();
    return snapshot.services().stream()
        .filter(service -> grouped(snapshot, service).size() > 1)
        .limit(MOST_SERVICES)
        .map(this::report)
        .toList();
  }

  private ContractReport.Step step(String from, String to) {
    return new ContractReport.Step(
        from,
        to,
        Comparison.of(
                usable(from).orElseThrow().contract(),
                usable(to).orElseThrow().contract(),
                Extent.WHOLE)
            .stream()
            .map(ContractReport.Row::of)
            .toList());
  }

  private LiveVersion checked(LiveVersion version) {
    if (version.hash().isEmpty()) {
      return version;
    }
    try {
      library.find(version.hash());
      return version;
    } catch (UnusableDescriptorsException e) {
      return version.withProblem(e.reason());
    }
  }

  private Optional<DescriptorSet> usable(String hash) {
    try {
      return Optional.of(library.find(hash));
    } catch (UnusableDescriptorsException e) {
      return Optional.empty();
    }
  }

  private static List<LiveVersion> grouped(RegistrySnapshot snapshot, String service) {
    Map<String, List<Instance>> byHash = new TreeMap<>();
    snapshot
        .instances()
        .forEach(
            (ref, stored) -> {
              if (ref.service().equals(service)) {
                byHash
                    .computeIfAbsent(stored.value().getDescriptorHash(), hash -> new ArrayList<>())
                    .add(stored.value());
              }
            });
    return byHash.entrySet().stream()
        .map(entry -> version(entry.getKey(), entry.getValue()))
        .sorted(
            Comparator.comparing(
                    LiveVersion::since, Comparator.nullsFirst(Comparator.naturalOrder()))
                .thenComparing(LiveVersion::hash))
        .toList();
  }

  private static LiveVersion version(String hash, List<Instance> instances) {
    Instant since =
        instances.stream()
            .map(each -> Times.instantOrNull(each.hasStarted(), each.getStarted()))
            .filter(Objects::nonNull)
            .min(Comparator.naturalOrder())
            .orElse(null);
    return new LiveVersion(
        hash,
        instances.stream()
            .map(Instance::getVersion)
            .filter(text -> !text.isEmpty())
            .distinct()
            .sorted()
            .limit(MOST_INSTANCES)
            .toList(),
        instances.stream().map(Instance::getInstanceId).sorted().limit(MOST_INSTANCES).toList(),
        instances.size(),
        since,
        null);
  }
}
