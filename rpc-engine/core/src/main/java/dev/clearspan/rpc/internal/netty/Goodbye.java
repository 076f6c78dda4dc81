package dev.clearspan.rpc.internal.netty;

/** How a protocol's server side tells its client to go elsewhere; on the connection's loop. */
public interface Goodbye {
  /** Writes that streams after this one will not be served. */
  void goAway(int lastStream);

  /** Writes a ping that the client will answer. */
  void ping(long token);

  /** The last stream that the client has opened. */
  int lastStream();
}
