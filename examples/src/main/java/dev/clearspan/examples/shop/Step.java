package dev.clearspan.examples.shop;

import dev.clearspan.rpc.Incoming;
import dev.clearspan.rpc.Metadata;
import dev.clearspan.rpc.Outgoing;
import dev.clearspan.rpc.RpcException;
import dev.clearspan.rpc.Status;
import java.util.function.Supplier;

/**
 * A call to another service in the course of a handler. When that service is not available, ours
 * answers ABORTED: it is well itself, so its callers should neither retry it nor open a breaker.
 */
final class Step {
  private Step() {}

  static <R> R of(String what, Supplier<R> call) {
    try {
      return call.get();
    } catch (RpcException e) {
      Status.Code code =
          switch (e.code()) {
            case UNAVAILABLE, RESOURCE_EXHAUSTED, UNKNOWN, INTERNAL -> Status.Code.ABORTED;
            default -> e.code();
          };
      String message = "%s failed: %s: %s".formatted(what, e.code(), e.status().message());
      throw new RpcException(
          Status.of(code, message), Metadata.EMPTY, RpcException.Origin.LOCAL, null, e);
    }
  }

  /** Passes on all replies of a stream, one by one: a slow caller holds back who sends them. */
  static <R> void relay(String what, Supplier<Incoming<R>> stream, Outgoing<R> replies) {
    boolean unused =
        of(
            what,
            () -> {
              try (Incoming<R> received = stream.get()) {
                received.forEach(replies::send);
                return true;
              }
            });
  }
}
