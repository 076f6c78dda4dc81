package dev.clearspan.rpc.client;

import dev.clearspan.protocol.Instance;
import dev.clearspan.rpc.discovery.InstanceSet;
import java.util.List;
import java.util.Set;

/** Addresses given in code, for channels without a registry. */
final class FixedTargets {
  private static final int WEIGHT = 100;

  private FixedTargets() {}

  /** An address to dial; the instance behind it is not known before HELLO. */
  static Instance at(String host, int port) {
    if (port < 1 || port > 65_535) {
      throw new IllegalArgumentException("port: " + port + " (expected: 1 to 65535)");
    }
    return Instance.newBuilder()
        .setInstanceId(host.indexOf(':') >= 0 ? "[" + host + "]:" + port : host + ":" + port)
        .setHost(host)
        .setPort(port)
        .setWeight(WEIGHT)
        .setState(Instance.State.UP)
        .build();
  }

  /** A server of this process; nothing is dialled. */
  static Instance inProcess(String instanceId) {
    return Instance.newBuilder()
        .setInstanceId(instanceId)
        .setHost("in-process")
        .setWeight(WEIGHT)
        .setState(Instance.State.UP)
        .build();
  }

  static InstanceSet set(String service, List<Instance> targets) {
    return new InstanceSet(service, 0, targets, Set.of());
  }
}
