package dev.clearspan.rpc.internal.netty;

import dev.clearspan.rpc.internal.frame.Hello;
import dev.clearspan.rpc.internal.transport.EndpointAddress;
import org.jspecify.annotations.Nullable;

/** Is the server that answered the one that was meant? Addresses are reused. */
final class PeerCheck {
  private PeerCheck() {}

  /** What differs, or null. */
  static @Nullable String mismatch(EndpointAddress address, Hello peer) {
    String difference = difference("service", address.service(), peer.service());
    if (difference == null) {
      difference = difference("instance", address.instanceId(), peer.instanceId());
    }
    if (difference == null) {
      difference = difference("incarnation", address.incarnation(), peer.incarnation());
    }
    return difference == null
        ? null
        : "another server at " + address.authority() + ": " + difference;
  }

  private static @Nullable String difference(String what, String expected, String found) {
    return expected.isEmpty() || expected.equals(found)
        ? null
        : what + " " + found + " (expected: " + expected + ")";
  }
}
