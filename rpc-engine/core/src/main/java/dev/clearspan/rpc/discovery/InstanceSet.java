package dev.clearspan.rpc.discovery;

import dev.clearspan.protocol.Instance;
import java.util.List;
import java.util.Set;

/**
 * All known instances of one service at one moment. Immutable.
 *
 * @param service the service's name
 * @param revision registry revision this reflects; 0 when it comes from the disk snapshot
 * @param instances valid instances, UP and DRAINING, sorted by instance id
 * @param suspects ids of instances whose key vanished without a drain mark: still used while they
 *     answer
 */
public record InstanceSet(
    String service, long revision, List<Instance> instances, Set<String> suspects) {

  public InstanceSet {
    instances = List.copyOf(instances);
    suspects = Set.copyOf(suspects);
  }

  public static InstanceSet empty(String service) {
    return new InstanceSet(service, 0, List.of(), Set.of());
  }
}
