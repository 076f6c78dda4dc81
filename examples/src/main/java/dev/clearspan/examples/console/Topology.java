package dev.clearspan.examples.console;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code GET /topology}, as far as it is looked at here. */
public record Topology(String at, long revision, List<Service> services, List<Edge> edges) {
  /** A service or a client. */
  public record Service(String service, List<Instance> instances) {}

  /** An instance; its state is up, draining, suspect, gone or ejected. */
  public record Instance(
      String id, String state, @Nullable Unreachable unreachable, Weights weight, Red red) {}

  /** Who reports an instance as unreachable. */
  public record Unreachable(int reporters, int callers, String cause) {}

  /** Weights of an instance, and its share of the calls. */
  public record Weights(
      double configured,
      double effective,
      double configuredShare,
      double effectiveShare,
      @Nullable Double observedShare) {}

  /** Rate, errors, duration over the window. */
  public record Red(double rate, double errorShare, @Nullable Double p99Millis) {}

  /** A line from caller to callee. */
  public record Edge(String caller, String callee, String breaker, Red red) {}

  public Optional<Instance> instance(String service, String id) {
    return instances(service).stream().filter(instance -> instance.id().equals(id)).findFirst();
  }

  public List<Instance> instances(String service) {
    return services.stream()
        .filter(node -> node.service().equals(service))
        .flatMap(node -> node.instances().stream())
        .toList();
  }

  public Optional<Edge> edge(String caller, String callee) {
    return edges.stream()
        .filter(edge -> edge.caller().equals(caller) && edge.callee().equals(callee))
        .findFirst();
  }

  /** Whether an instance is there and takes calls. */
  public boolean isUp(String service, String id) {
    return instance(service, id).filter(instance -> instance.state().equals("up")).isPresent();
  }
}
