package dev.clearspan.tracing.internal.span;

import dev.clearspan.rpc.Metadata;
import dev.clearspan.rpc.Status;
import dev.clearspan.rpc.ledger.AttemptKind;
import dev.clearspan.rpc.ledger.AttemptRecord;
import dev.clearspan.rpc.ledger.CallEvent;
import dev.clearspan.rpc.ledger.CallLedger;
import dev.clearspan.rpc.ledger.CallRecord;
import dev.clearspan.rpc.ledger.TraceContext;
import io.opentelemetry.api.trace.SpanContext;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A client call in progress, and its first attempt: with one attempt, which is the rule, nothing
 * else is allocated. The first attempt has the span id that the call's own span will have if it
 * stays the only one.
 */
final class RecordedCall implements CallLedger.ClientCall, CallLedger.Attempt {
  private static final VarHandle MORE;
  private static final VarHandle FIRST;

  static {
    try {
      MethodHandles.Lookup lookup = MethodHandles.lookup();
      MORE = lookup.findVarHandle(RecordedCall.class, "more", CallMore.class);
      FIRST = lookup.findVarHandle(RecordedCall.class, "first", AttemptRecord.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final CallTracer tracer;
  private final CalledMethod method;
  private final TraceContext position;

  /** The served call it is made in, or the span context above it; null: it is a root. */
  private final @Nullable Object parent;

  private volatile @Nullable AttemptRecord first;
  private volatile @Nullable CallMore more;
  private volatile boolean kept;

  RecordedCall(
      CallTracer tracer, CalledMethod method, TraceContext position, @Nullable Object parent) {
    this.tracer = tracer;
    this.method = method;
    this.position = position;
    this.parent = parent;
  }

  @Override
  public String traceId() {
    return position.traceId();
  }

  @Override
  public Metadata carried(Metadata own) {
    return tracer.carriage().of(this, own);
  }

  @Override
  public CallLedger.Attempt beginAttempt(int number, AttemptKind kind) {
    return number == 1 ? this : more().begin(this, tracer.under(position, isMarkedKept()));
  }

  @Override
  public TraceContext wireContext() {
    return position;
  }

  @Override
  public void event(CallEvent event) {
    CallEvents.add(more().events(), event, tracer.clock().nowEpochNanos());
  }

  /** The first attempt is over. */
  @Override
  public void end(AttemptRecord record, boolean keptByServer) {
    FIRST.setRelease(this, record); // no fence for each call
    attemptEnded(record, keptByServer);
  }

  @Override
  public void end(CallRecord record) {
    tracer.writer().ended(this, record);
  }

  /** An attempt is over; if its server keeps the trace, so does everything above. */
  void attemptEnded(AttemptRecord record, boolean keptByServer) {
    if (keptByServer) {
      keep();
      if (record == first) {
        more().firstKeptByServer = true;
      }
    }
  }

  void keep() {
    kept = true;
    RecordedServed served = served();
    if (served != null) {
      served.keep();
    }
  }

  /** Whether the trace is known to be kept, without looking it up. */
  boolean isMarkedKept() {
    RecordedServed served = served();
    return kept
        || (served != null && served.isMarkedKept())
        || (position.clearspanFlags() & TraceContext.KEEP) != 0;
  }

  /** Whether one of the attempts was made while another was under way. */
  boolean isHedged() {
    return laterAttempts().stream()
        .anyMatch(attempt -> attempt.record().kind() == AttemptKind.HEDGE);
  }

  boolean isHead() {
    return position.isSampled();
  }

  CalledMethod method() {
    return method;
  }

  TraceContext position() {
    return position;
  }

  /** The served call it is made in; null: none that we know of. */
  @Nullable RecordedServed served() {
    return parent instanceof RecordedServed served ? served : null;
  }

  long parentId() {
    if (parent instanceof RecordedServed served) {
      return served.spanId();
    }
    return parent instanceof SpanContext context ? Ids.ofSpan(context) : 0;
  }

  @Nullable AttemptRecord firstAttempt() {
    return first;
  }

  /**
   * The attempt that ended last, hedges not counted that were given up for another; null: there was
   * none.
   */
  @Nullable AttemptRecord lastAttempt() {
    List<CallMore.LaterAttempt> later = laterAttempts();
    for (int i = later.size() - 1; i >= 0; i--) {
      AttemptRecord record = later.get(i).record();
      if (!isGivenUp(record)) {
        return record;
      }
    }
    return first;
  }

  private static boolean isGivenUp(AttemptRecord record) {
    return record.kind() == AttemptKind.HEDGE && record.status().code() == Status.Code.CANCELLED;
  }

  boolean firstKeptByServer() {
    CallMore present = more;
    return present != null && present.firstKeptByServer;
  }

  /** Attempts after the first that have ended. */
  List<CallMore.LaterAttempt> laterAttempts() {
    CallMore present = more;
    return present == null ? List.of() : present.ended();
  }

  /** What happened because of the call; null: nothing. */
  @Nullable SpanNotes eventsIfAny() {
    CallMore present = more;
    return present == null ? null : present.eventsIfAny();
  }

  /** What few calls have; null: nothing yet. */
  @Nullable CallMore moreIfAny() {
    return more;
  }

  CallMore more() {
    CallMore present = more;
    if (present != null) {
      return present;
    }
    CallMore fresh = new CallMore();
    CallMore raced = (CallMore) MORE.compareAndExchange(this, null, fresh);
    return raced == null ? fresh : raced;
  }
}
