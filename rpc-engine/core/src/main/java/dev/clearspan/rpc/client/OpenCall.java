package dev.clearspan.rpc.client;

import dev.clearspan.rpc.RpcException.CallSite;
import dev.clearspan.rpc.Status;
import java.util.concurrent.CompletableFuture;

/** The future of a call that can be stopped from outside. Fails with RpcException only. */
abstract sealed class OpenCall<R> extends CompletableFuture<R> implements Halting
    permits UnaryCall, InterceptedCall {
  /** Where the call stands. */
  abstract CallSite site(String stage);

  /** Cancels the call; its stage fails with CANCELLED. */
  @Override
  public final boolean cancel(boolean mayInterruptIfRunning) {
    boolean open = !isDone();
    halt(Failure.local(Status.Code.CANCELLED, "cancelled by the caller", Pipeline.TRANSPORT));
    return open;
  }
}
