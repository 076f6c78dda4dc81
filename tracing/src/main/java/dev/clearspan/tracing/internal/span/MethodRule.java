package dev.clearspan.tracing.internal.span;

import dev.clearspan.rpc.ledger.KeepOrder;
import dev.clearspan.rpc.ledger.SlowRule;
import dev.clearspan.rpc.ledger.TelemetryRule;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An operator's rule for a method, worked out for its calls.
 *
 * @param headBound a trace is chosen at its root if the low 63 bits of its id are below
 * @param slowNanos calls that take longer are slow; {@link Long#MAX_VALUE}: none is
 * @param slowFactor times the method's own 99th percentile is slow; 0: see slowNanos
 * @param keptAttributes metadata keys to keep with a call
 * @param keeps callers all of whose calls are kept
 */
record MethodRule(
    long headBound,
    long slowNanos,
    double slowFactor,
    List<String> keptAttributes,
    List<KeepOrder> keeps) {

  /** The rule with the process' own head rate where it has none. */
  static MethodRule of(TelemetryRule rule, double processRate) {
    double rate = Double.isNaN(rule.headSampleRate()) ? processRate : rule.headSampleRate();
    return new MethodRule(
        rate >= 1 ? Long.MAX_VALUE : (long) (rate * Long.MAX_VALUE),
        rule.slow() instanceof SlowRule.Fixed fixed ? fixed.nanos() : Long.MAX_VALUE,
        rule.slow() instanceof SlowRule.TimesP99 times ? times.factor() : 0,
        rule.keptAttributes(),
        rule.keeps());
  }

  /** The same rule, where the 99th percentile is known. */
  MethodRule withP99(long p99Nanos) {
    double slow = p99Nanos * slowFactor;
    return new MethodRule(headBound, (long) slow, slowFactor, keptAttributes, keeps);
  }

  /** Whether a new trace is chosen; as OpenTelemetry's TraceIdRatioBased. */
  boolean chooses(long traceIdLow) {
    return headBound == Long.MAX_VALUE || (traceIdLow & Long.MAX_VALUE) < headBound;
  }

  boolean isSlow(long nanos) {
    return nanos > slowNanos;
  }

  /** Whether all calls of this caller are to be kept now. */
  boolean keepsCallsOf(@Nullable String caller) {
    return !keeps.isEmpty() && caller != null && isOrdered(caller);
  }

  private boolean isOrdered(String caller) {
    Instant now = Instant.now();
    return keeps.stream()
        .anyMatch(order -> order.caller().equals(caller) && now.isBefore(order.until()));
  }
}
