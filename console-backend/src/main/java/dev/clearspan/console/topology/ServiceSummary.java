package dev.clearspan.console.topology;

import java.util.List;

/** A service in one line. */
public record ServiceSummary(
    String service,
    Health health,
    Red red,
    InstanceCounts instances,
    int methods,
    List<String> callers,
    List<String> callees) {

  /** Instances by state; the total includes the suspect and the ejected. */
  public record InstanceCounts(int up, int draining, int gone, int total) {}
}
