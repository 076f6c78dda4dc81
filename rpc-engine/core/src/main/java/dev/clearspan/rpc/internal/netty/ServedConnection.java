package dev.clearspan.rpc.internal.netty;

import java.util.concurrent.CompletableFuture;

/** A client's connection that can be told that its server goes. Thread-safe. */
public interface ServedConnection {
  /** Tells the client to go elsewhere; completes when later calls are not taken any more. */
  CompletableFuture<Void> drain();

  /** Completes when the connection is closed. */
  CompletableFuture<Void> closed();
}
