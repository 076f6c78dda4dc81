package dev.clearspan.rpc;

import java.util.concurrent.CompletionStage;

/**
 * A stage that users put around calls, the same on both sides. The chain is built once per channel
 * or server and is listed, stage by stage, in the console.
 *
 * <p>Calls through {@link RpcChannel#open} and methods with a streaming or asynchronous handler do
 * not pass {@link #intercept} but {@link #open}: a stage that must see every call has both.
 *
 * <p>On the client it runs on the caller's thread, on the server on the handler's. It must either
 * proceed (once) or answer by itself. A stage that returns null, throws anything but {@link
 * RpcException} or proceeds twice is named in an INTERNAL error; one that neither proceeds nor
 * answers, or keeps the reply to itself, in the DEADLINE_EXCEEDED that ends its call.
 */
public interface Interceptor {
  /** Short, kebab-case. */
  String name();

  /** One sentence. */
  String description();

  /**
   * Handles the call or passes it on. Failing the stage with {@link RpcException} sets a status.
   */
  <Q, R> CompletionStage<R> intercept(CallSpec<Q, R> call, Q request, Next<Q, R> next);

  /**
   * Looks at a call of messages in any number before it is opened, and returns what to go on with:
   * the same, or a copy with other metadata or another deadline. On a server that deadline bounds
   * what the handler calls.
   *
   * @throws RpcException to end the call with that status; no handler runs
   */
  default <Q, R> CallSpec<Q, R> open(CallSpec<Q, R> call) {
    return call;
  }

  /** The rest of the chain. */
  @FunctionalInterface
  interface Next<Q, R> {
    CompletionStage<R> proceed(CallSpec<Q, R> call, Q request);
  }
}
