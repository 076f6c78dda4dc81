package dev.clearspan.tracing.internal.span;

import dev.clearspan.rpc.ledger.AttemptRecord;
import dev.clearspan.rpc.ledger.CallEvent;
import dev.clearspan.rpc.ledger.CallLedger;
import dev.clearspan.rpc.ledger.TraceContext;
import io.opentelemetry.api.baggage.Baggage;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** What a call has that most calls have not. Thread-safe. */
final class CallMore {
  /** The id of the call's own span, if it has several attempts. */
  final long logicalSpanId = Ids.next();

  private final List<LaterAttempt> ended = new CopyOnWriteArrayList<>();
  private final AtomicReference<@Nullable SpanNotes> events = new AtomicReference<>();
  volatile boolean firstKeptByServer;
  volatile Baggage baggage = Baggage.empty();
  volatile List<String> keptAttributes = List.of();

  CallLedger.Attempt begin(RecordedCall call, TraceContext context) {
    return new LaterAttempt(call, this, context);
  }

  /** Where to add what happened because of the call. */
  SpanNotes events() {
    SpanNotes present = events.get();
    if (present != null) {
      return present;
    }
    SpanNotes fresh = new SpanNotes();
    SpanNotes raced = events.compareAndExchange(null, fresh);
    return raced == null ? fresh : raced;
  }

  @Nullable SpanNotes eventsIfAny() {
    return events.get();
  }

  /** In the order of their ends. */
  List<LaterAttempt> ended() {
    return ended;
  }

  /** An attempt after the first. */
  static final class LaterAttempt implements CallLedger.Attempt {
    private final RecordedCall call;
    private final CallMore more;
    private final TraceContext context;
    private @Nullable AttemptRecord record; // written before it is among those that ended
    private boolean keptByServer;

    LaterAttempt(RecordedCall call, CallMore more, TraceContext context) {
      this.call = call;
      this.more = more;
      this.context = context;
    }

    @Override
    public TraceContext wireContext() {
      return context;
    }

    @Override
    public void event(CallEvent event) {
      call.event(event);
    }

    @Override
    public void end(AttemptRecord value, boolean kept) {
      record = value;
      keptByServer = kept;
      more.ended.add(this);
      call.attemptEnded(value, kept);
    }

    AttemptRecord record() {
      if (record == null) {
        throw new IllegalStateException("attempt: still running (expected: ended)");
      }
      return record;
    }

    boolean keptByServer() {
      return keptByServer;
    }
  }
}
