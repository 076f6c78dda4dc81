package dev.clearspan.rpc.discovery;

import dev.clearspan.protocol.Instance;

/**
 * Where an instance listens, for discoveries that know no more of it. Immutable.
 *
 * @param host a unicast IP address (IPv6 without brackets) or a host name
 * @param port 1 to 65,535
 * @param weight its share of the calls against the others', 0 to 10,000
 */
public record Address(String host, int port, int weight) {
  public static final int DEFAULT_WEIGHT = 100;

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException naming the one that breaks the rules
   */
  public Address {
    InstanceRules.requireValid(instance("any", host, port, weight));
  }

  public static Address of(String host, int port) {
    return new Address(host, port, DEFAULT_WEIGHT);
  }

  /** The same place with another weight. */
  public Address withWeight(int value) {
    return new Address(host, port, value);
  }

  /** As {@code host:port}, an IPv6 address in brackets; the id of the instance that is there. */
  public String id() {
    return id(host, port);
  }

  /** The instance of the service that is to be found here. */
  public Instance instanceOf(String service) {
    return instance(service, host, port, weight);
  }

  private static Instance instance(String service, String host, int port, int weight) {
    return Instance.newBuilder()
        .setService(service)
        .setInstanceId(id(host, port))
        .setHost(host)
        .setPort(port)
        .setWeight(weight)
        .setState(Instance.State.UP)
        .build();
  }

  private static String id(String host, int port) {
    return host.indexOf(':') >= 0 ? "[" + host + "]:" + port : host + ":" + port;
  }
}
