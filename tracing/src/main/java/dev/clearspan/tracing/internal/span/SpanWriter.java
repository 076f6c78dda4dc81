package dev.clearspan.tracing.internal.span;

import dev.clearspan.rpc.ledger.CallRecord;
import dev.clearspan.rpc.ledger.ServedRecord;
import dev.clearspan.tracing.internal.keep.FlightRecorder;
import dev.clearspan.tracing.internal.lane.Lane;
import dev.clearspan.tracing.internal.lane.Lanes;
import dev.clearspan.tracing.internal.metric.CallMetrics;
import dev.clearspan.tracing.internal.record.Keep;
import dev.clearspan.tracing.internal.record.KeepReason;
import org.jspecify.annotations.Nullable;

/**
 * Writes down calls that ended: decides what is kept, then counts and records in one lane. For a
 * call that went well and is not kept nothing is allocated. Thread-safe.
 */
final class SpanWriter {
  private static final String BREAKER_OPEN = "breaker_open";

  private final String ownService;
  private final FlightRecorder recorder;
  private final Lanes<LaneContent> lanes;
  private final ClientRecords client;
  private final ServedRecords server;

  SpanWriter(
      String ownService,
      Catalogue catalogue,
      FlightRecorder recorder,
      Lanes<LaneContent> lanes,
      CallMetrics metrics) {
    this.ownService = ownService;
    this.recorder = recorder;
    this.lanes = lanes;
    this.client = new ClientRecords(catalogue, metrics);
    this.server = new ServedRecords(catalogue, metrics);
  }

  /** A client call has ended with all its attempts. */
  void ended(RecordedCall call, CallRecord record) {
    if (!recorder.isOn()) {
      return;
    }
    Keep keep =
        recorder.decide(
            reason(call, record), call.isMarkedKept(), call.isHead(), call.position().traceIdLow());
    RecordedServed served = call.served();
    if (served != null) {
      if (served.isRecordedBy(recorder)) {
        served.childEnded();
      }
      if (keep.isKept()) {
        served.keep();
      }
    }
    boolean hurry;
    Lane<LaneContent> lane = lanes.take();
    try {
      hurry = client.write(lane.content(), call, record, keep);
    } finally {
      lane.giveBack();
    }
    if (hurry) {
      recorder.wake();
    }
  }

  /** A served call has ended; says whether its caller should keep its part, too. */
  boolean ended(RecordedServed call, ServedRecord record) {
    if (!recorder.isOn()) {
      return false;
    }
    OwnMethod method = server.methodOf(call, record);
    Keep keep =
        recorder.decide(
            reason(call, record, method), call.isMarkedKept(), call.isHead(), call.traceIdLow());
    boolean hurry;
    Lane<LaneContent> lane = lanes.take();
    try {
      hurry = server.write(lane.content(), call, record, method, keep);
    } finally {
      lane.giveBack();
    }
    if (hurry) {
      recorder.wake();
    }
    return keep.isKept();
  }

  /** What about the call itself is worth keeping. */
  private @Nullable KeepReason reason(RecordedCall call, CallRecord record) {
    if (record.errorType() != null) {
      boolean refused = record.errorType().equals(BREAKER_OPEN);
      return refused ? KeepReason.BREAKER_OPEN : KeepReason.ERROR;
    }
    MethodRule rule = call.method().rule;
    if (rule.isSlow(record.endNanos() - record.startNanos())) {
      return KeepReason.SLOW;
    }
    if (record.attempts() > 1) {
      return call.isHedged() ? KeepReason.HEDGE : KeepReason.RETRY;
    }
    if (call.eventsIfAny() != null) {
      return KeepReason.EVENT;
    }
    return rule.keepsCallsOf(ownService) ? KeepReason.ORDER : null;
  }

  private static @Nullable KeepReason reason(
      RecordedServed call, ServedRecord record, @Nullable OwnMethod method) {
    if (record.errorType() != null) {
      return KeepReason.ERROR;
    }
    if (method == null) {
      return null;
    }
    MethodRule rule = method.rule;
    if (rule.isSlow(record.endNanos() - record.startNanos())) {
      return KeepReason.SLOW;
    }
    return rule.keepsCallsOf(call.caller()) ? KeepReason.ORDER : null;
  }
}
