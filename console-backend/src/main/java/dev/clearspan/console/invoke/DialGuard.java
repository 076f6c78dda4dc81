package dev.clearspan.console.invoke;

import dev.clearspan.console.problem.ProblemException;
import dev.clearspan.protocol.Instance;
import dev.clearspan.rpc.discovery.HostNames;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jetty.util.InetAddressSet;

/**
 * Which registered addresses the console dials. A registry value is hostile input: without this,
 * whoever can write one makes the console talk to what only the console can reach. A host name is
 * looked up once, and what is dialled is the address that was checked. Immutable.
 */
final class DialGuard {
  /** Where services usually are: this machine, and networks that nobody routes in public. */
  static final List<String> USUAL =
      List.of(
          "127.0.0.0/8",
          "::1",
          "10.0.0.0/8",
          "172.16.0.0/12",
          "192.168.0.0/16",
          "100.64.0.0/10",
          "fc00::/7");

  /** Metadata services of clouds outside of the link-local networks. */
  private static final Set<String> NEVER = Set.of("100.100.100.200", "fd00:ec2:0:0:0:0:0:254");

  private final List<String> networks;
  private final InetAddressSet allowed = new InetAddressSet();

  private DialGuard(List<String> networks) {
    this.networks = List.copyOf(networks);
  }

  /**
   * Allows these networks, but for link-local, multicast and metadata addresses, which are never
   * dialled.
   *
   * @param networks IP addresses and CIDR blocks; empty: {@link #USUAL}
   * @throws IllegalArgumentException naming the one that is neither
   */
  static DialGuard of(List<String> networks) {
    DialGuard guard = new DialGuard(networks.isEmpty() ? USUAL : networks);
    for (String network : guard.networks) {
      try {
        guard.allowed.add(network);
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(
            InvokeSettings.NETWORKS
                + ": \""
                + network
                + "\" (expected: IP addresses or blocks such as 10.0.0.0/8, separated by commas)",
            e);
      }
    }
    return guard;
  }

  /**
   * The instance as it is dialled: with an address that is allowed for its host.
   *
   * @throws ProblemException 422 if there is none
   */
  Instance checked(Instance instance) {
    List<InetAddress> addresses = addresses(instance);
    for (InetAddress address : addresses) {
      if (!isAllowed(address)) {
        throw refusal(
            instance, address.getHostAddress() + " is none that the console dials", expected());
      }
    }
    return instance.toBuilder().setHost(addresses.get(0).getHostAddress()).build();
  }

  private boolean isAllowed(InetAddress address) {
    return !address.isAnyLocalAddress()
        && !address.isLinkLocalAddress()
        && !address.isMulticastAddress()
        && !NEVER.contains(address.getHostAddress())
        && allowed.test(address);
  }

  private static List<InetAddress> addresses(Instance instance) {
    Optional<InetAddress> literal = HostNames.literal(instance.getHost());
    try {
      return literal.isPresent()
          ? List.of(literal.get())
          : List.of(InetAddress.getAllByName(instance.getHost()));
    } catch (UnknownHostException e) {
      throw refusal(instance, "the name is not known here", "one that this machine can look up");
    }
  }

  private String expected() {
    return "an address in "
        + String.join(", ", networks)
        + "; "
        + InvokeSettings.NETWORKS
        + " sets which";
  }

  private static ProblemException refusal(Instance instance, String why, String expected) {
    return ProblemException.invalid(
        "instance",
        instance.getInstanceId()
            + " is registered at '"
            + instance.getHost()
            + "', and "
            + why
            + " (expected: "
            + expected
            + ")");
  }
}
