package dev.clearspan.console.topology;

import dev.clearspan.console.metric.CallTotals;
import dev.clearspan.console.problem.ProblemException;
import dev.clearspan.console.registry.InstanceRef;
import dev.clearspan.console.registry.RegistrySnapshot;
import dev.clearspan.console.registry.Stored;
import dev.clearspan.console.registry.Times;
import dev.clearspan.protocol.Instance;
import dev.clearspan.protocol.InstanceControl;
import dev.clearspan.protocol.ProcessStatus;
import dev.clearspan.protocol.ServicePolicy;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The services at one moment, each with its details. Immutable. */
public final class ServiceCatalog {
  private final RegistrySnapshot registry;
  private final Topology topology;
  private final Traffic traffic;
  private final Traffic recent;

  /**
   * @param recent everything measured lately: which methods there are
   */
  ServiceCatalog(RegistrySnapshot registry, Topology topology, Traffic traffic, Traffic recent) {
    this.registry = registry;
    this.topology = topology;
    this.traffic = traffic;
    this.recent = recent;
  }

  public List<ServiceSummary> summaries() {
    return topology.services().stream()
        .filter(node -> node.kind().equals("service"))
        .map(this::summary)
        .toList();
  }

  private ServiceSummary summary(ServiceNode node) {
    return new ServiceSummary(
        node.service(),
        node.health(),
        node.red(),
        counts(node),
        methodNames(node.service()).size(),
        edges(node.service()).stream().map(Edge::caller).toList(),
        topology.edges().stream()
            .filter(edge -> edge.caller().equals(node.service()))
            .map(Edge::callee)
            .toList());
  }

  private List<Edge> edges(String callee) {
    return topology.edges().stream().filter(edge -> edge.callee().equals(callee)).toList();
  }

  private static ServiceSummary.InstanceCounts counts(ServiceNode node) {
    return new ServiceSummary.InstanceCounts(
        count(node, InstanceState.UP),
        count(node, InstanceState.DRAINING),
        count(node, InstanceState.GONE),
        node.instances().size());
  }

  private static int count(ServiceNode node, InstanceState state) {
    return (int) node.instances().stream().filter(it -> it.state() == state).count();
  }

  public ServiceDetail detail(String service) {
    ServiceSummary summary = summary(node(service));
    Stored<ServicePolicy> policy = registry.policies().get(service);
    return new ServiceDetail(
        service,
        summary.health(),
        summary.red(),
        summary.instances(),
        summary.methods(),
        summary.callers(),
        summary.callees(),
        policy == null ? 0 : policy.revision(),
        pipelines(service));
  }

  private List<ServiceDetail.ProcessPipeline> pipelines(String service) {
    return registry.statuses().values().stream()
        .map(Stored::value)
        .filter(status -> status.getService().equals(service))
        .map(ServiceCatalog::pipeline)
        .toList();
  }

  private static ServiceDetail.ProcessPipeline pipeline(ProcessStatus status) {
    return new ServiceDetail.ProcessPipeline(
        status.getProcessId(),
        status.getPipelineList().stream()
            .map(stage -> new ServiceDetail.Stage(stage.getName(), stage.getDescription()))
            .toList());
  }

  public List<InstanceDetail> instances(String service) {
    Map<String, Instance> known = registry.instancesOf(service);
    return node(service).instances().stream()
        .map(node -> instance(service, node, known.get(node.id())))
        .toList();
  }

  private InstanceDetail instance(String service, InstanceNode node, @Nullable Instance known) {
    Instance instance = known == null ? Instance.getDefaultInstance() : known;
    Optional<ProcessStatus> process =
        Optional.ofNullable(registry.statuses().get(instance.getIncarnation())).map(Stored::value);
    return new InstanceDetail(
        node.id(),
        node.state(),
        node.unreachable(),
        node.host(),
        node.port(),
        node.zone(),
        node.version(),
        node.startedAt(),
        node.weight(),
        node.red(),
        control(registry.controls().get(new InstanceRef(service, node.id()))),
        instance.getTagsMap(),
        instance.getProtocolsList(),
        instance.getIncarnation(),
        process.map(ProcessStatus::getLibraryVersion).orElse(null),
        process.map(ProcessStatus::getPid).orElse(null));
  }

  private static InstanceDetail.@Nullable Control control(
      @Nullable Stored<InstanceControl> stored) {
    if (stored == null) {
      return null;
    }
    InstanceControl control = stored.value();
    return new InstanceDetail.Control(
        control.hasWeight() ? control.getWeight() : null,
        control.getDrain(),
        control.getEject(),
        control.getReason(),
        control.getAuthor(),
        Times.instantOrNull(control.hasExpiresAt(), control.getExpiresAt()),
        control.getSticky(),
        stored.revision());
  }

  public List<MethodSummary> methods(String service) {
    node(service);
    return methodNames(service).stream().map(method -> method(service, method)).toList();
  }

  private SortedSet<String> methodNames(String service) {
    SortedSet<String> names = new TreeSet<>();
    recent.callsBy(row -> row.service().equals(service) ? row.method() : "").keySet().stream()
        .filter(method -> !method.isEmpty())
        .forEach(names::add);
    Stored<ServicePolicy> policy = registry.policies().get(service);
    if (policy != null) {
      names.addAll(policy.value().getMethodsMap().keySet());
    }
    return names;
  }

  private MethodSummary method(String service, String method) {
    Map<String, Sum> byCaller = new TreeMap<>();
    traffic
        .callsBy(row -> isMethod(row, service, method) ? row.caller() : "")
        .forEach(byCaller::put);
    byCaller.remove("");
    return new MethodSummary(
        method,
        null,
        null,
        traffic.calls(row -> isMethod(row, service, method)).red(traffic.window()),
        byCaller.entrySet().stream()
            .map(
                caller ->
                    new MethodSummary.CallerRed(
                        caller.getKey(), caller.getValue().red(traffic.window())))
            .toList());
  }

  private static boolean isMethod(CallTotals row, String service, String method) {
    return row.service().equals(service) && row.method().equals(method);
  }

  /** The service's node; 404 that says which services there are. */
  private ServiceNode node(String service) {
    return topology.services().stream()
        .filter(node -> node.service().equals(service))
        .findFirst()
        .orElseThrow(
            () ->
                ProblemException.notFound(
                    "There is no service '" + service + "' (services: " + names() + ")"));
  }

  private String names() {
    return String.join(", ", summaries().stream().map(ServiceSummary::service).toList());
  }
}
