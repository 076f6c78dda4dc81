package dev.clearspan.rpc.internal;

import dev.clearspan.rpc.Limits;
import dev.clearspan.rpc.internal.transport.ClientTransport;

/**
 * The transport that the channels of this process share: made with the first channel, on daemon
 * threads, and never closed, because the next channel would only open it again.
 */
public final class SharedTransport {
  private static final ClientTransport INSTANCE = new ProtocolTransport(Limits.DEFAULT);

  private SharedTransport() {}

  /** The one instance. */
  public static ClientTransport get() {
    return INSTANCE;
  }
}
