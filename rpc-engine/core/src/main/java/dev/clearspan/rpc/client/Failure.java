package dev.clearspan.rpc.client;

import dev.clearspan.rpc.Metadata;
import dev.clearspan.rpc.RpcException;
import dev.clearspan.rpc.RpcException.CallSite;
import dev.clearspan.rpc.RpcException.Origin;
import dev.clearspan.rpc.Status;
import dev.clearspan.rpc.retry.RetryMark;
import org.jspecify.annotations.Nullable;

/**
 * Why a call did not end with OK, before it is told to the caller.
 *
 * @param stage the pipeline stage that ended it
 * @param errorType the status code's name or a finer word, for telemetry
 */
record Failure(
    Status status,
    Metadata metadata,
    Origin origin,
    String stage,
    String errorType,
    @Nullable Throwable cause) {

  /** A failure that this process infers. */
  static Failure local(Status.Code code, String message, String stage) {
    return local(code, message, stage, code.name());
  }

  static Failure local(Status.Code code, String message, String stage, String errorType) {
    return new Failure(
        Status.of(code, message), Metadata.EMPTY, Origin.LOCAL, stage, errorType, null);
  }

  Failure withCause(Throwable value) {
    return new Failure(status, metadata, origin, stage, errorType, value);
  }

  /** The same, telling everyone above that retrying was tried. */
  Failure marked(int attempts) {
    return new Failure(status, RetryMark.put(metadata, attempts), origin, stage, errorType, cause);
  }

  RpcException at(CallSite site) {
    return new RpcException(status, metadata, origin, site, cause);
  }
}
