package dev.clearspan.rpc.internal;

import dev.clearspan.rpc.internal.transport.ClientTransport;

/** The transport that the channels of this process share. */
public final class SharedTransport {
  private SharedTransport() {}

  /** The one instance. */
  public static ClientTransport get() {
    throw new IllegalStateException("transport: none (expected: one given to the builder)");
  }
}
