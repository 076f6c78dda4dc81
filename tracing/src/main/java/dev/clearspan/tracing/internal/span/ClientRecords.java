package dev.clearspan.tracing.internal.span;

import static dev.clearspan.tracing.internal.record.Field.pair;

import dev.clearspan.rpc.Status;
import dev.clearspan.rpc.ledger.AttemptKind;
import dev.clearspan.rpc.ledger.AttemptRecord;
import dev.clearspan.rpc.ledger.CallRecord;
import dev.clearspan.rpc.ledger.TraceContext;
import dev.clearspan.tracing.internal.metric.CallMetrics;
import dev.clearspan.tracing.internal.metric.ClientSeries;
import dev.clearspan.tracing.internal.record.Detail;
import dev.clearspan.tracing.internal.record.Field;
import dev.clearspan.tracing.internal.record.Keep;
import dev.clearspan.tracing.internal.record.LaneRecords;
import dev.clearspan.tracing.internal.record.Numbered;
import dev.clearspan.tracing.internal.record.Outcome;
import dev.clearspan.tracing.internal.record.RecordRing;
import dev.clearspan.tracing.internal.record.Shape;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Client calls as records: one if there was at most one attempt, else one for the call and one for
 * each attempt. Only for the holder of the lane it is given.
 */
final class ClientRecords {
  private static final long CALL = Shape.base(Shape.Part.CALL, AttemptKind.FIRST);
  private static final long LOGICAL = Shape.base(Shape.Part.LOGICAL, AttemptKind.FIRST);

  private final Catalogue catalogue;
  private final CallMetrics metrics;

  ClientRecords(Catalogue catalogue, CallMetrics metrics) {
    this.catalogue = catalogue;
    this.metrics = metrics;
  }

  /** Counts and records a call; returns whether the recorder's thread had better hurry. */
  boolean write(LaneContent lane, RecordedCall call, CallRecord record, Keep keep) {
    ClientSeries series = seriesOf(call.method());
    AttemptRecord first = call.firstAttempt();
    int peer = peerOf(first);
    int ofFirst = first == null ? 0 : series.attemptEnded(lane.metrics(), first, peer);
    List<CallMore.LaterAttempt> later = call.laterAttempts();
    if (later.isEmpty()) { // the rule: not even an iterator is allocated
      int ofCall = series.callEnded(lane.metrics(), record, 0);
      return writeOnly(lane.records(), call, record, first, peer, keep, ofCall);
    }
    int ofCall = series.callEnded(lane.metrics(), record, retryDelayNanos(first, later));
    boolean hurry = writeLogical(lane.records(), call, record, keep, ofCall);
    if (first != null) {
      boolean kept = call.firstKeptByServer();
      hurry |= writeAttempt(lane.records(), call, first, call.position(), kept, keep, ofFirst);
    }
    for (CallMore.LaterAttempt attempt : later) {
      int ofAttempt =
          series.attemptEnded(lane.metrics(), attempt.record(), peerOf(attempt.record()));
      hurry |=
          writeAttempt(
              lane.records(),
              call,
              attempt.record(),
              attempt.wireContext(),
              attempt.keptByServer(),
              keep,
              ofAttempt);
    }
    return hurry;
  }

  private ClientSeries seriesOf(CalledMethod method) {
    ClientSeries known = method.series;
    if (known == null) {
      known = metrics.called(method.method, method.service);
      method.series = known;
    }
    return known;
  }

  /** Time between attempts; without hedging they end in the order of their beginnings. */
  private static long retryDelayNanos(
      @Nullable AttemptRecord first, List<CallMore.LaterAttempt> later) {
    long delay = 0;
    AttemptRecord before = first;
    for (CallMore.LaterAttempt attempt : later) {
      if (before != null) {
        delay += Math.max(0, attempt.record().startNanos() - before.endNanos());
      }
      before = attempt.record();
    }
    return delay;
  }

  private boolean writeOnly(
      LaneRecords records,
      RecordedCall call,
      CallRecord record,
      @Nullable AttemptRecord attempt,
      int peer,
      Keep keep,
      int series) {
    RecordRing ring = records.ring();
    TraceContext position = call.position();
    int at = begin(ring, position, position.spanId(), call.parentId(), series);
    int flags = flags(position, keep) | (call.firstKeptByServer() ? Shape.KEPT_BY_SERVER : 0);
    Outcome outcome = attempt == null ? Outcome.NONE : Outcome.of(attempt.outcome());
    long shape = Shape.of(CALL, record.status().code(), outcome, flags, record.attempts());
    ring.set(at, Field.SHAPE, shape);
    times(ring, at, record.startNanos(), record.endNanos());
    reply(ring, at, call, attempt, peer);
    failure(
        records,
        at,
        record.errorType(),
        keep.isShed() ? null : detail(call, record.status(), call.eventsIfAny()));
    return publish(records, at, position, keep, call.served() == null);
  }

  private boolean writeLogical(
      LaneRecords records, RecordedCall call, CallRecord record, Keep keep, int series) {
    RecordRing ring = records.ring();
    TraceContext position = call.position();
    int at = begin(ring, position, call.more().logicalSpanId, call.parentId(), series);
    long shape =
        Shape.of(
            LOGICAL,
            record.status().code(),
            Outcome.NONE,
            flags(position, keep),
            record.attempts());
    ring.set(at, Field.SHAPE, shape);
    times(ring, at, record.startNanos(), record.endNanos());
    reply(ring, at, call, call.lastAttempt(), peerOf(call.lastAttempt()));
    failure(
        records,
        at,
        record.errorType(),
        keep.isShed() ? null : detail(call, record.status(), call.eventsIfAny()));
    return publish(records, at, position, keep, call.served() == null);
  }

  private boolean writeAttempt(
      LaneRecords records,
      RecordedCall call,
      AttemptRecord attempt,
      TraceContext position,
      boolean keptByServer,
      Keep keep,
      int series) {
    RecordRing ring = records.ring();
    int at = begin(ring, position, position.spanId(), call.more().logicalSpanId, series);
    long shape =
        Shape.of(
            Shape.base(Shape.Part.ATTEMPT, attempt.kind()),
            attempt.status().code(),
            Outcome.of(attempt.outcome()),
            flags(position, keep) | (keptByServer ? Shape.KEPT_BY_SERVER : 0),
            attempt.number());
    ring.set(at, Field.SHAPE, shape);
    times(ring, at, attempt.startNanos(), attempt.endNanos());
    reply(ring, at, call, attempt, peerOf(attempt));
    failure(
        records,
        at,
        attempt.errorType(),
        keep.isShed() ? null : detail(call, attempt.status(), null));
    return publish(records, at, position, keep, false);
  }

  private static int begin(
      RecordRing ring, TraceContext position, long spanId, long parentId, int series) {
    int at = ring.begin();
    ring.set(at, Field.TRACE_HIGH, position.traceIdHigh());
    ring.set(at, Field.TRACE_LOW, position.traceIdLow());
    ring.set(at, Field.SPAN, spanId);
    ring.set(at, Field.PARENT, parentId);
    ring.set(at, Field.CHILDREN_AND_SERIES, pair(0, series));
    return at;
  }

  private static int flags(TraceContext position, Keep keep) {
    return (keep.isKept() || keep.isShed() ? Shape.WANTED : 0)
        | ((position.clearspanFlags() & TraceContext.KEEP) != 0 ? Shape.SENT_WITH_KEEP : 0)
        | ((position.traceFlags() & TraceContext.RANDOM) != 0 ? Shape.RANDOM : 0)
        | (position.isSampled() ? Shape.HEAD : 0);
  }

  private static void times(RecordRing ring, int at, long startNanos, long endNanos) {
    ring.set(at, Field.START, startNanos);
    ring.set(at, Field.DURATION, endNanos - startNanos);
  }

  private int peerOf(@Nullable AttemptRecord attempt) {
    Peer peer = attempt == null ? null : catalogue.peer(attempt);
    return peer == null ? Numbered.NONE : peer.number;
  }

  private static void reply(
      RecordRing ring, int at, RecordedCall call, @Nullable AttemptRecord attempt, int peer) {
    ring.set(at, Field.METHOD_AND_PEER, pair(call.method().number, peer));
    ring.set(at, Field.SERVER_NANOS, attempt == null ? -1 : attempt.serverNanos());
    ring.set(at, Field.QUEUE_NANOS, attempt == null ? -1 : attempt.serverQueueNanos());
    long bytes = attempt == null ? 0 : pair(attempt.requestBytes(), attempt.responseBytes());
    ring.set(at, Field.BYTES, bytes);
  }

  private void failure(
      LaneRecords records, int at, @Nullable String errorType, @Nullable Detail detail) {
    RecordRing ring = records.ring();
    ring.set(at, Field.ERROR_AND_CALLER, pair(catalogue.word(errorType), 0));
    ring.set(at, Field.DETAIL, detail == null ? 0 : records.details().add(detail));
  }

  private static @Nullable Detail detail(
      RecordedCall call, Status status, @Nullable SpanNotes events) {
    CallMore more = call.moreIfAny();
    List<String> kept = more == null ? List.of() : more.keptAttributes;
    String traceState = traceState(call);
    boolean hasDetail =
        !status.message().isEmpty() || !kept.isEmpty() || traceState != null || events != null;
    return hasDetail
        ? new Detail(SpanNotes.cut(status.message()), null, traceState, kept, events)
        : null;
  }

  private static @Nullable String traceState(RecordedCall call) {
    RecordedServed served = call.served();
    return served == null ? null : Carriage.traceState(served.request());
  }

  private static boolean publish(
      LaneRecords records, int at, TraceContext position, Keep keep, boolean isTraceHere) {
    long written = records.ring().publish(at);
    return records.ended(written, keep, isTraceHere);
  }
}
