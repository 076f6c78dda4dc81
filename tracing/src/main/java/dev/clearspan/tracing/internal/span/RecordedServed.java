package dev.clearspan.tracing.internal.span;

import dev.clearspan.rpc.Metadata;
import dev.clearspan.rpc.ledger.CallLedger;
import dev.clearspan.rpc.ledger.ServedRecord;
import dev.clearspan.rpc.ledger.TraceContext;
import dev.clearspan.tracing.internal.keep.FlightRecorder;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.StatusCode;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A served call in progress, and at the same time the span that its handler sees as the current
 * one. What user code adds lies in {@link SpanNotes}, made when something is added; ids become text
 * when somebody asks. Ending it is the engine's business: {@link #end()} of user code does nothing.
 */
final class RecordedServed implements CallLedger.ServedCall, Span {
  private static final VarHandle NOTES;
  private static final VarHandle CHILDREN;
  private static final VarHandle ENDED;
  private static final VarHandle REQUEST;

  static {
    try {
      MethodHandles.Lookup lookup = MethodHandles.lookup();
      NOTES = lookup.findVarHandle(RecordedServed.class, "notes", SpanNotes.class);
      CHILDREN = lookup.findVarHandle(RecordedServed.class, "children", int.class);
      ENDED = lookup.findVarHandle(RecordedServed.class, "ended", boolean.class);
      REQUEST = lookup.findVarHandle(RecordedServed.class, "request", Metadata.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final CallTracer tracer;
  private final String method;
  private final @Nullable String caller;
  private final long traceIdHigh;
  private final long traceIdLow;
  private final long spanId;
  private final long parentId;
  private final byte traceFlags;
  private volatile boolean kept;
  private volatile boolean ended;
  private volatile int children;
  private volatile @Nullable SpanNotes notes;
  private volatile @Nullable Metadata request;
  private @Nullable SpanContext context; // any of those that racing threads make

  RecordedServed(
      CallTracer tracer,
      String method,
      @Nullable String caller,
      TraceContext position,
      long parentId) {
    this.tracer = tracer;
    this.method = method;
    this.caller = caller;
    this.traceIdHigh = position.traceIdHigh();
    this.traceIdLow = position.traceIdLow();
    this.spanId = position.spanId();
    this.parentId = parentId;
    this.traceFlags = position.traceFlags();
    if ((position.clearspanFlags() & TraceContext.KEEP) != 0) {
      this.kept = true;
    }
  }

  @Override
  public String traceId() {
    return Ids.hex(traceIdHigh, traceIdLow);
  }

  @Override
  public CallLedger.Scope makeCurrent(Metadata carried) {
    REQUEST.setRelease(this, carried); // here and below: no fence for each call
    return tracer.carriage().enter(this, carried)::close;
  }

  @Override
  public boolean end(ServedRecord record) {
    ENDED.setRelease(this, true);
    return tracer.writer().ended(this, record);
  }

  /** A part of the trace further down is kept. */
  void keep() {
    kept = true;
  }

  /** Whether the trace is known to be kept, without looking it up. */
  boolean isMarkedKept() {
    return kept;
  }

  /** Whether calls made in it are found where it is recorded itself. */
  boolean isRecordedBy(FlightRecorder recorder) {
    return tracer.recorder() == recorder;
  }

  void childEnded() {
    CHILDREN.getAndAdd(this, 1);
  }

  int children() {
    return children;
  }

  String method() {
    return method;
  }

  @Nullable String caller() {
    return caller;
  }

  long traceIdHigh() {
    return traceIdHigh;
  }

  long traceIdLow() {
    return traceIdLow;
  }

  long spanId() {
    return spanId;
  }

  long parentId() {
    return parentId;
  }

  byte traceFlags() {
    return traceFlags;
  }

  boolean isHead() {
    return (traceFlags & TraceContext.SAMPLED) != 0;
  }

  /** Null: user code has added nothing. */
  @Nullable SpanNotes notesIfAny() {
    return notes;
  }

  /** With what the request carries; null before the handler runs. */
  @Nullable Metadata request() {
    return request;
  }

  @Override
  public SpanContext getSpanContext() {
    SpanContext made = context;
    if (made == null) {
      made = tracer.carriage().spanContext(this);
      context = made;
    }
    return made;
  }

  @Override
  public boolean isRecording() {
    return !ended;
  }

  @Override
  public <T> Span setAttribute(AttributeKey<T> key, @Nullable T value) {
    if (isRecording()) {
      notes().attribute(key, value);
    }
    return this;
  }

  @Override
  public Span addEvent(String name, Attributes attributes) {
    return addEvent(name, attributes, tracer.clock().nowEpochNanos(), TimeUnit.NANOSECONDS);
  }

  @Override
  public Span addEvent(String name, Attributes attributes, long timestamp, TimeUnit unit) {
    if (isRecording()) {
      notes().event(name, attributes, unit.toNanos(timestamp));
    }
    return this;
  }

  @Override
  public Span setStatus(StatusCode code, String description) {
    if (isRecording()) {
      notes().status(code, description);
    }
    return this;
  }

  @Override
  public Span recordException(Throwable exception, Attributes more) {
    return isRecording() ? addEvent("exception", ExceptionText.of(exception, more)) : this;
  }

  @Override
  public Span updateName(String name) {
    if (isRecording()) {
      notes().name(name);
    }
    return this;
  }

  /** The call ends when its handler and its reply say so. */
  @Override
  public void end() {}

  /** The call ends when its handler and its reply say so. */
  @Override
  public void end(long timestamp, TimeUnit unit) {}

  private SpanNotes notes() {
    SpanNotes present = notes;
    if (present != null) {
      return present;
    }
    SpanNotes fresh = new SpanNotes();
    SpanNotes raced = (SpanNotes) NOTES.compareAndExchange(this, null, fresh);
    return raced == null ? fresh : raced;
  }
}
