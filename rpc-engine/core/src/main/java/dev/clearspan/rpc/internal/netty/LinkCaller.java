package dev.clearspan.rpc.internal.netty;

import org.jspecify.annotations.Nullable;

/**
 * Who is at the other end of a link.
 *
 * @param service as its HELLO says; "" if it does not
 * @param identity by its certificate; null without one
 * @param address "host:port"
 */
record LinkCaller(String service, @Nullable String identity, String address) {

  /** The calling service; null when unknown. */
  @Nullable String serviceOrNull() {
    return service.isEmpty() ? null : service;
  }
}
