package dev.clearspan.rpc.server;

import dev.clearspan.rpc.Status;
import dev.clearspan.rpc.ledger.CallLedger;
import dev.clearspan.rpc.ledger.ServedRecord;

/** Records calls that are answered without being admitted: unknown method, undecodable, refused. */
public final class TurnedAway {
  private TurnedAway() {}

  /** Writes the call into the ledger and returns what its reply says of its course. */
  public static ServerCall.Timing record(
      ServerScope scope,
      CallLedger.ServedCall served,
      long startNanos,
      int requestBytes,
      Status status) {
    long now = scope.ticker().nanos();
    boolean keep =
        served.end(
            new Refused(status, status.code().name(), startNanos, now, now, requestBytes, 0));
    return new ServerCall.Timing(keep, now - startNanos, now - startNanos);
  }

  private record Refused(
      Status status,
      String errorType,
      long startNanos,
      long handlerNanos,
      long endNanos,
      int requestBytes,
      int responseBytes)
      implements ServedRecord {}
}
