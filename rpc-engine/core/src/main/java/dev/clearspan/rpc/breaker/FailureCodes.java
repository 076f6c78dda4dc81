package dev.clearspan.rpc.breaker;

import dev.clearspan.rpc.Status;
import java.util.EnumSet;
import java.util.Set;

/**
 * Which statuses say that the instance is in trouble. The others (NOT_FOUND, INVALID_ARGUMENT,
 * PERMISSION_DENIED and so on) are answers of a healthy instance: business errors never open a
 * breaker. UNKNOWN counts, because it is what a handler's unexpected exception becomes.
 */
public final class FailureCodes {
  private static final Set<Status.Code> FAILURES =
      EnumSet.of(
          Status.Code.UNKNOWN,
          Status.Code.DEADLINE_EXCEEDED,
          Status.Code.RESOURCE_EXHAUSTED,
          Status.Code.INTERNAL,
          Status.Code.UNAVAILABLE,
          Status.Code.DATA_LOSS);

  private FailureCodes() {}

  public static boolean contains(Status.Code code) {
    return FAILURES.contains(code);
  }
}
