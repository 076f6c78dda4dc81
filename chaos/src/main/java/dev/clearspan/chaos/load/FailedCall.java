package dev.clearspan.chaos.load;

import dev.clearspan.rpc.RpcException;

/**
 * A call that the caller saw fail.
 *
 * @param method its full name
 * @param peer "host:port" of the last attempt
 * @param outcome of the last attempt: what is known of whether a handler ran
 * @param millis from the load's beginning to the failure
 * @param message the failure's, which has the trace ID
 */
public record FailedCall(String method, String peer, String outcome, long millis, String message) {

  static FailedCall of(RpcException failure, String outcome, long millis) {
    RpcException.CallSite site = failure.site();
    return new FailedCall(
        site == null ? "?" : site.method(),
        site == null ? "?" : site.peer(),
        outcome,
        millis,
        String.valueOf(failure.getMessage()));
  }

  /** Whether its method may be repeated, so that it should have been. */
  public boolean isIdempotent() {
    return !method.equals(WorkService.BOOK.fullName());
  }

  /** Whether nobody can know if it was carried out. */
  public boolean isUnknown() {
    return outcome.equals("UNKNOWN");
  }

  @Override
  public String toString() {
    return "after %.1f s: outcome %s, %s".formatted(millis / 1e3, outcome, message);
  }
}
