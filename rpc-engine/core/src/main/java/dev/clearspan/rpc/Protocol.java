package dev.clearspan.rpc;

import java.util.List;

/** How calls travel to a server. */
public enum Protocol {
  /** Clearspan frames: between Clearspan processes. */
  CLEARSPAN("clearspan/1"),
  /** gRPC over HTTP/2: to servers of any language. */
  GRPC("grpc");

  private final String registered;

  Protocol(String registered) {
    this.registered = registered;
  }

  /** Its name among the protocols that an instance registers. */
  public String registeredAs() {
    return registered;
  }

  /** The best one for an instance that registered these; frames if it registered none. */
  public static Protocol forInstance(List<String> registered) {
    boolean onlyGrpc =
        registered.contains(GRPC.registered) && !registered.contains(CLEARSPAN.registered);
    return onlyGrpc ? GRPC : CLEARSPAN;
  }
}
