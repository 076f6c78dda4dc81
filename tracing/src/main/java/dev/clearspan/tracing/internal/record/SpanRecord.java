package dev.clearspan.tracing.internal.record;

import dev.clearspan.rpc.Status;
import dev.clearspan.rpc.ledger.AttemptKind;

/** A copy of a record, to be read; used again for the next one. Not thread-safe. */
public final class SpanRecord {
  final long[] words = new long[RecordRing.WORDS];

  public long traceIdHigh() {
    return get(Field.TRACE_HIGH);
  }

  public long traceIdLow() {
    return get(Field.TRACE_LOW);
  }

  public long spanId() {
    return get(Field.SPAN);
  }

  /** 0: the root of its trace. */
  public long parentId() {
    return get(Field.PARENT);
  }

  /** On the monotonic clock. */
  public long startNanos() {
    return get(Field.START);
  }

  public long durationNanos() {
    return get(Field.DURATION);
  }

  public int method() {
    return above(Field.METHOD_AND_PEER);
  }

  public int peer() {
    return below(Field.METHOD_AND_PEER);
  }

  public Status.Code code() {
    return Shape.code(get(Field.SHAPE));
  }

  public Shape.Part part() {
    return Shape.part(get(Field.SHAPE));
  }

  public AttemptKind attemptKind() {
    return Shape.attemptKind(get(Field.SHAPE));
  }

  public Outcome outcome() {
    return Shape.outcome(get(Field.SHAPE));
  }

  /** One of the flags of {@link Shape}. */
  public boolean has(int flag) {
    return Shape.has(get(Field.SHAPE), flag);
  }

  /** Of an attempt: which one. Of a call: how many attempts it had. */
  public int number() {
    return Shape.number(get(Field.SHAPE));
  }

  /** -1: unknown. */
  public long serverNanos() {
    return get(Field.SERVER_NANOS);
  }

  /** -1: unknown. */
  public long queueNanos() {
    return get(Field.QUEUE_NANOS);
  }

  public int requestBytes() {
    return above(Field.BYTES);
  }

  public int responseBytes() {
    return below(Field.BYTES);
  }

  /** 0: none. */
  public int errorType() {
    return above(Field.ERROR_AND_CALLER);
  }

  /** 0: unknown. */
  public int caller() {
    return below(Field.ERROR_AND_CALLER);
  }

  /** Client calls that had ended under a served call when it ended. */
  public int children() {
    return above(Field.CHILDREN_AND_SERIES);
  }

  public int series() {
    return below(Field.CHILDREN_AND_SERIES);
  }

  /** Whether it belongs to this trace. */
  public boolean isOf(long traceIdHigh, long traceIdLow) {
    return traceIdLow() == traceIdLow && traceIdHigh() == traceIdHigh;
  }

  long detail() {
    return get(Field.DETAIL);
  }

  private long get(int field) {
    return words[field];
  }

  private int above(int field) {
    return (int) (get(field) >>> Integer.SIZE);
  }

  private int below(int field) {
    return (int) get(field);
  }
}
