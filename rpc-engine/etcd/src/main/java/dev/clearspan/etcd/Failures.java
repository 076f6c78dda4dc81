package dev.clearspan.etcd;

import io.etcd.jetcd.common.exception.ClosedClientException;
import io.etcd.jetcd.common.exception.EtcdException;
import io.grpc.Status;
import io.grpc.StatusException;
import io.grpc.StatusRuntimeException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Sorts what the etcd client throws, which depends on the call and the moment. */
final class Failures {
  private Failures() {}

  /** The exception below wrappers of futures. */
  static Throwable root(Throwable failure) {
    Throwable current = failure;
    while ((current instanceof CompletionException || current instanceof ExecutionException)
        && current.getCause() != null) {
      current = current.getCause();
    }
    return current;
  }

  static boolean isTimeout(Throwable failure) {
    return root(failure) instanceof TimeoutException;
  }

  /**
   * Whether the member did not serve us, as opposed to having answered this one request with a
   * refusal. Who is not let in needs a new link, on which to sign in again.
   */
  static boolean isDisconnect(Throwable failure) {
    Throwable root = root(failure);
    if (Refusal.of(root) != null
        || root instanceof RejectedExecutionException
        || root instanceof ClosedClientException
        || root instanceof TimeoutException) {
      return true;
    }
    Status.Code code = code(root);
    return code == Status.Code.UNAVAILABLE
        || code == Status.Code.CANCELLED
        || code == Status.Code.DEADLINE_EXCEEDED
        || code == Status.Code.UNAUTHENTICATED
        || code == Status.Code.INTERNAL
        || code == Status.Code.UNKNOWN;
  }

  static boolean isTooLarge(Throwable failure) {
    return code(root(failure)) == Status.Code.RESOURCE_EXHAUSTED;
  }

  static boolean isNotFound(Throwable failure) {
    return code(root(failure)) == Status.Code.NOT_FOUND;
  }

  /** One line for logs and health pages. */
  static String describe(Throwable failure) {
    Throwable root = root(failure);
    if (root instanceof TimeoutException) {
      return "no answer in time";
    }
    Refusal refusal = Refusal.of(root);
    if (refusal != null) {
      return refusal.text();
    }
    String message = root.getMessage();
    return message == null ? root.getClass().getSimpleName() : message.replace('\n', ' ');
  }

  private static Status.@Nullable Code code(Throwable root) {
    for (Throwable current = root; current != null; current = current.getCause()) {
      if (current instanceof StatusRuntimeException exception) {
        return exception.getStatus().getCode();
      }
      if (current instanceof StatusException exception) {
        return exception.getStatus().getCode();
      }
      if (current instanceof EtcdException exception) {
        return Status.Code.valueOf(exception.getErrorCode().name());
      }
    }
    return null;
  }
}
