package dev.clearspan.rpc.client;

import dev.clearspan.rpc.Limits;
import dev.clearspan.rpc.Tls;
import dev.clearspan.rpc.internal.SharedTransport;
import dev.clearspan.rpc.internal.transport.ClientTransport;
import org.jspecify.annotations.Nullable;

/**
 * How a channel's bytes travel, as far as its builder was told: by a given transport, by the
 * process' shared one, or, where TLS or limits are the channel's own, by a transport of its own.
 *
 * @param transport given
 * @param tls encrypts; null: plaintext
 * @param limits the channel's own; null: the process'
 */
record Carriage(@Nullable ClientTransport transport, @Nullable Tls tls, @Nullable Limits limits) {
  static final Carriage SHARED = new Carriage(null, null, null);

  Carriage by(ClientTransport value) {
    return new Carriage(value, tls, limits);
  }

  Carriage encrypted(Tls value) {
    return new Carriage(transport, value, limits);
  }

  Carriage limited(Limits value) {
    return new Carriage(transport, tls, value);
  }

  /** The limits, as they are before one is changed. */
  Limits limitsOrProcess() {
    return limits == null ? Limits.fromEnvironment() : limits;
  }

  /**
   * The transport; one that is the channel's own is closed with its wiring.
   *
   * @throws IllegalStateException if a transport was given and it cannot be changed any more
   */
  ClientTransport open(String service, ChannelWiring wiring) {
    boolean own = tls != null || limits != null;
    if (transport != null && own) {
      throw new IllegalStateException(
          "channel to %s: a transport and %s (expected: one of them)"
              .formatted(service, tls != null ? "tls" : "limits"));
    }
    if (!own) {
      return transport != null ? transport : SharedTransport.get();
    }
    ClientTransport made = SharedTransport.own(limitsOrProcess(), tls);
    wiring.add(made);
    return made;
  }
}
