package dev.clearspan.rpc.server;

import dev.clearspan.rpc.ledger.CallLedger;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;
import org.slf4j.helpers.NOPMDCAdapter;

/** Puts the trace id into log lines: MDC key {@value #KEY} while a handler runs. */
final class LogContext {
  static final String KEY = "trace_id";

  private static final boolean NOBODY_READS = MDC.getMDCAdapter() instanceof NOPMDCAdapter;

  private LogContext() {}

  /** Sets the key and returns the value it had. */
  static @Nullable String enter(CallLedger.ServedCall served) {
    if (NOBODY_READS) {
      return null;
    }
    String before = MDC.get(KEY);
    MDC.put(KEY, served.traceId());
    return before;
  }

  static void exit(@Nullable String before) {
    if (NOBODY_READS) {
      return;
    }
    if (before == null) {
      MDC.remove(KEY);
    } else {
      MDC.put(KEY, before);
    }
  }
}
