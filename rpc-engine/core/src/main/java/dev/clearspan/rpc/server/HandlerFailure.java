package dev.clearspan.rpc.server;

import dev.clearspan.rpc.Metadata;
import dev.clearspan.rpc.RpcException;
import dev.clearspan.rpc.Status;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a caller is told of an exception: the status it carries, or UNKNOWN with class and message.
 * The stack trace goes to this process' log, once, with the trace id.
 */
record HandlerFailure(Status status, Metadata metadata, String errorType) {
  private static final Logger LOG = LoggerFactory.getLogger(HandlerFailure.class);

  static HandlerFailure of(Throwable thrown, String method, String traceId) {
    Throwable failure = unwrap(thrown);
    if (failure instanceof RpcException rpc) {
      return new HandlerFailure(rpc.status(), rpc.metadata(), rpc.code().name());
    }
    LOG.error("{} failed, trace {}", method, traceId, failure);
    String type = failure.getClass().getName();
    String text = failure.getMessage() == null ? type : type + ": " + failure.getMessage();
    return new HandlerFailure(Status.of(Status.Code.UNKNOWN, text), Metadata.EMPTY, type);
  }

  private static Throwable unwrap(Throwable thrown) {
    Throwable failure = thrown;
    while ((failure instanceof CompletionException || failure instanceof ExecutionException)
        && failure.getCause() != null) {
      failure = failure.getCause();
    }
    return failure;
  }
}
