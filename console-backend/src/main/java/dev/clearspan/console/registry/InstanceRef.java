package dev.clearspan.console.registry;

import java.util.Comparator;

/** An instance's place in the registry. */
public record InstanceRef(String service, String instance) implements Comparable<InstanceRef> {
  private static final Comparator<InstanceRef> ORDER =
      Comparator.comparing(InstanceRef::service).thenComparing(InstanceRef::instance);

  @Override
  public int compareTo(InstanceRef other) {
    return ORDER.compare(this, other);
  }
}
