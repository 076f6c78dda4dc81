package dev.clearspan.rpc.discovery;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;

/** Tells IP literals from host names, without ever asking a name server. */
public final class HostNames {
  private static final Pattern IPV4 =
      Pattern.compile("(?:(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)(?:\\.(?!$)|$)){4}");

  /** What resolvers read as an address in disguise: a name whose last label is a number. */
  private static final Pattern ENDS_IN_A_NUMBER =
      Pattern.compile("(?:.*\\.)?(?:\\d+|0[xX][0-9a-fA-F]*)\\.?");

  private static final Pattern IPV6 = Pattern.compile("[0-9a-fA-F:.]{2,45}");
  private static final Pattern NAME =
      Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_-]{0,62}(?:\\.[A-Za-z0-9_][A-Za-z0-9_-]{0,62})*\\.?");

  private HostNames() {}

  /** The address, if the text is an IPv4 or IPv6 literal without brackets or zone. */
  public static Optional<InetAddress> literal(String text) {
    boolean literal = IPV4.matcher(text).matches() || isIpv6(text);
    if (!literal) {
      return Optional.empty();
    }
    try {
      return Optional.of(InetAddress.getByName(text));
    } catch (UnknownHostException e) {
      return Optional.empty();
    }
  }

  /** Whether a client may dial the text: a unicast IP literal or a well-formed host name. */
  public static boolean isDialable(String text) {
    Optional<InetAddress> address = literal(text);
    if (address.isPresent()) {
      return !address.get().isAnyLocalAddress()
          && !address.get().isMulticastAddress()
          && !text.equals("255.255.255.255");
    }
    return text.length() <= 253
        && !ENDS_IN_A_NUMBER.matcher(text).matches()
        && NAME.matcher(text).matches();
  }

  private static boolean isIpv6(String text) {
    return text.indexOf(':') >= 0 && IPV6.matcher(text).matches();
  }
}
