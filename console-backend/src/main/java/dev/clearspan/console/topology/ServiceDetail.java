package dev.clearspan.console.topology;

import java.util.List;

/**
 * A service, its policy's revision (0: none) and how its processes handle a call.
 *
 * @param pipeline per process the stages a call passes
 */
public record ServiceDetail(
    String service,
    Health health,
    Red red,
    ServiceSummary.InstanceCounts instances,
    int methods,
    List<String> callers,
    List<String> callees,
    long policyRevision,
    List<ProcessPipeline> pipeline) {

  /** A process' stages, in order. */
  public record ProcessPipeline(String process, List<Stage> stages) {}

  /** One stage, in one sentence. */
  public record Stage(String name, String description) {}
}
