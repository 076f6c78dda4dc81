package dev.clearspan.tracing.internal.span;

import static dev.clearspan.tracing.internal.record.Field.pair;

import dev.clearspan.rpc.Metadata;
import dev.clearspan.rpc.Status;
import dev.clearspan.rpc.ledger.AttemptKind;
import dev.clearspan.rpc.ledger.ServedRecord;
import dev.clearspan.rpc.ledger.TraceContext;
import dev.clearspan.tracing.internal.metric.CallMetrics;
import dev.clearspan.tracing.internal.metric.ServedSeries;
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

/** Served calls as records. Only for the holder of the lane it is given. */
final class ServedRecords {
  private static final long SERVED = Shape.base(Shape.Part.SERVED, AttemptKind.FIRST);

  private final Catalogue catalogue;
  private final CallMetrics metrics;

  ServedRecords(Catalogue catalogue, CallMetrics metrics) {
    this.catalogue = catalogue;
    this.metrics = metrics;
  }

  /** The method that was served; null where the server has none of that name. */
  @Nullable OwnMethod methodOf(RecordedServed call, ServedRecord record) {
    return CallMetrics.isUnknownMethod(record)
        ? catalogue.ownIfKnown(call.method())
        : catalogue.own(call.method());
  }

  /** Counts and records a call; returns whether the recorder's thread had better hurry. */
  boolean write(
      LaneContent lane,
      RecordedServed call,
      ServedRecord record,
      @Nullable OwnMethod method,
      Keep keep) {
    int series = seriesOf(call, record, method).ended(lane.metrics(), record);
    LaneRecords records = lane.records();
    RecordRing ring = records.ring();
    int at = ring.begin();
    ring.set(at, Field.TRACE_HIGH, call.traceIdHigh());
    ring.set(at, Field.TRACE_LOW, call.traceIdLow());
    ring.set(at, Field.SPAN, call.spanId());
    ring.set(at, Field.PARENT, call.parentId());
    ring.set(at, Field.START, record.startNanos());
    ring.set(at, Field.DURATION, record.endNanos() - record.startNanos());
    ring.set(at, Field.METHOD_AND_PEER, pair(method == null ? Numbered.NONE : method.number, 0));
    boolean unknown = CallMetrics.isUnknownMethod(record);
    ring.set(at, Field.SHAPE, shape(call, record, keep, unknown));
    ring.set(at, Field.SERVER_NANOS, -1);
    ring.set(at, Field.QUEUE_NANOS, record.handlerNanos() - record.startNanos());
    ring.set(at, Field.BYTES, pair(record.requestBytes(), record.responseBytes()));
    ring.set(
        at,
        Field.ERROR_AND_CALLER,
        pair(catalogue.word(record.errorType()), catalogue.word(call.caller())));
    Detail detail = keep.isShed() ? null : detail(call, record.status(), method, unknown);
    ring.set(at, Field.DETAIL, detail == null ? 0 : records.details().add(detail));
    ring.set(at, Field.CHILDREN_AND_SERIES, pair(call.children(), series));
    return records.ended(ring.publish(at), keep, true);
  }

  private ServedSeries seriesOf(
      RecordedServed call, ServedRecord record, @Nullable OwnMethod method) {
    if (method == null || CallMetrics.isUnknownMethod(record)) {
      return metrics.served(call.method(), record);
    }
    ServedSeries known = method.series;
    if (known == null) {
      known = metrics.served(call.method());
      method.series = known;
    }
    return known;
  }

  private static long shape(
      RecordedServed call, ServedRecord record, Keep keep, boolean unknownMethod) {
    int flags =
        (keep.isKept() || keep.isShed() ? Shape.WANTED : 0)
            | (unknownMethod ? Shape.UNKNOWN_METHOD : 0)
            | ((call.traceFlags() & TraceContext.RANDOM) != 0 ? Shape.RANDOM : 0)
            | (call.isHead() ? Shape.HEAD : 0);
    return Shape.of(SERVED, record.status().code(), Outcome.NONE, flags, 0);
  }

  private static @Nullable Detail detail(
      RecordedServed call, Status status, @Nullable OwnMethod method, boolean unknownMethod) {
    Metadata request = call.request();
    String traceState = Carriage.traceState(request);
    List<String> kept =
        method == null ? List.of() : Carriage.pairs(request, method.rule.keptAttributes());
    String original = unknownMethod ? SpanNotes.cut(call.method()) : null;
    SpanNotes notes = call.notesIfAny();
    boolean nothing =
        status.message().isEmpty()
            && original == null
            && traceState == null
            && kept.isEmpty()
            && notes == null;
    return nothing
        ? null
        : new Detail(SpanNotes.cut(status.message()), original, traceState, kept, notes);
  }
}
