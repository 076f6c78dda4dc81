package dev.clearspan.rpc.internal.netty;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/** Socket addresses as text. */
public final class Addresses {
  private Addresses() {}

  /** "host:port", brackets around IPv6; "unknown" for what is no internet address. */
  public static String text(@Nullable SocketAddress address) {
    if (address instanceof InetSocketAddress inet && inet.getAddress() != null) {
      String host = inet.getAddress().getHostAddress();
      return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + inet.getPort();
    }
    return "unknown";
  }
}
