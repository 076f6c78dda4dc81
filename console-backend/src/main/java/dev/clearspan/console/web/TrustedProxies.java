package dev.clearspan.console.web;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.eclipse.jetty.util.InetAddressSet;
import org.jspecify.annotations.Nullable;

/**
 * Proxies whose {@code X-Forwarded-For} is believed. Who connects directly cannot choose the
 * address it is known by. Immutable.
 */
public final class TrustedProxies {
  /** Literals only, so that no name is ever looked up. */
  private static final Pattern ADDRESS =
      Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}|[0-9a-fA-F.]*:[0-9a-fA-F.:]*");

  private final InetAddressSet addresses = new InetAddressSet();

  private TrustedProxies() {}

  /**
   * These ones.
   *
   * @param addresses IP addresses and CIDR blocks
   * @throws IllegalArgumentException naming the one that is neither
   */
  public static TrustedProxies of(List<String> addresses) {
    TrustedProxies proxies = new TrustedProxies();
    for (String address : addresses) {
      try {
        proxies.addresses.add(address);
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(
            "CLEARSPAN_TRUSTED_PROXIES: \""
                + address
                + "\" (expected: IP addresses or blocks such as 10.0.0.0/8, separated by commas)",
            e);
      }
    }
    return proxies;
  }

  /**
   * Whose request it is: the peer, or if that is a proxy, the last one in its list that is none.
   *
   * @param forwardedFor addresses separated by commas, the caller's first; null: none
   */
  public String caller(String peer, @Nullable String forwardedFor) {
    String caller = peer;
    if (forwardedFor == null || !isTrusted(peer)) {
      return caller;
    }
    List<String> hops = Arrays.stream(forwardedFor.split(",")).map(String::strip).toList();
    for (int i = hops.size() - 1; i >= 0; i--) {
      if (!ADDRESS.matcher(hops.get(i)).matches()) {
        return caller;
      }
      caller = hops.get(i);
      if (!isTrusted(caller)) {
        return caller;
      }
    }
    return caller;
  }

  private boolean isTrusted(String address) {
    try {
      return !addresses.isEmpty() && addresses.test(InetAddress.getByName(address));
    } catch (UnknownHostException e) {
      return false;
    }
  }
}
