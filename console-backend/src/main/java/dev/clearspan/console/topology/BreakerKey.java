package dev.clearspan.console.topology;

import java.util.Comparator;

/** Which breaker; an empty method or instance means all. */
record BreakerKey(String caller, String service, String method, String instance)
    implements Comparable<BreakerKey> {
  private static final Comparator<BreakerKey> ORDER =
      Comparator.comparing(BreakerKey::service)
          .thenComparing(BreakerKey::caller)
          .thenComparing(BreakerKey::method)
          .thenComparing(BreakerKey::instance);

  boolean isWholeEdge() {
    return method.isEmpty() && instance.isEmpty();
  }

  @Override
  public int compareTo(BreakerKey other) {
    return ORDER.compare(this, other);
  }
}
