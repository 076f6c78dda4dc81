package dev.clearspan.etcd;

import dev.clearspan.rpc.discovery.HostNames;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/**
 * The networks whose addresses may be dialled. When it is not empty, host names are refused too:
 * what they resolve to could change after the check.
 */
record AddressAllowList(List<Network> networks) {
  static final AddressAllowList ANY = new AddressAllowList(List.of());

  AddressAllowList {
    networks = List.copyOf(networks);
  }

  /**
   * The networks written as CIDR, such as {@code 10.0.0.0/8} or {@code fd00::/8}.
   *
   * @throws IllegalArgumentException if one is not
   */
  static AddressAllowList of(List<String> cidrs) {
    return new AddressAllowList(cidrs.stream().map(Network::parse).toList());
  }

  /** Why the host may not be dialled; empty if it may. */
  Optional<String> violation(String host) {
    if (networks.isEmpty()) {
      return Optional.empty();
    }
    Optional<InetAddress> address = HostNames.literal(host);
    boolean allowed =
        address.isPresent() && networks.stream().anyMatch(net -> net.contains(address.get()));
    return allowed
        ? Optional.empty()
        : Optional.of("host: \"" + host + "\" (expected: an address in " + networks + ")");
  }

  /** An address and the number of leading bits that count. */
  record Network(InetAddress address, int bits) {
    static Network parse(String cidr) {
      int slash = cidr.indexOf('/');
      Optional<InetAddress> address =
          slash < 0 ? Optional.empty() : HostNames.literal(cidr.substring(0, slash));
      int bits = slash < 0 ? -1 : number(cidr.substring(slash + 1));
      if (address.isEmpty() || bits < 0 || bits > 8 * address.get().getAddress().length) {
        throw new IllegalArgumentException(
            "network: \"" + cidr + "\" (expected: CIDR such as 10.0.0.0/8)");
      }
      return new Network(address.get(), bits);
    }

    boolean contains(InetAddress candidate) {
      byte[] mine = address.getAddress();
      byte[] other = candidate.getAddress();
      if (mine.length != other.length) {
        return false;
      }
      for (int bit = 0; bit < bits; bit++) {
        int mask = 0x80 >> (bit % 8);
        if ((mine[bit / 8] & mask) != (other[bit / 8] & mask)) {
          return false;
        }
      }
      return true;
    }

    private static int number(String digits) {
      return digits.matches("\\d{1,3}") ? Integer.parseInt(digits) : -1;
    }

    @Override
    public String toString() {
      return address.getHostAddress() + "/" + bits;
    }
  }
}
