package dev.clearspan.console.invoke;

import dev.clearspan.rpc.MethodSpec;
import dev.clearspan.rpc.ledger.AttemptKind;
import dev.clearspan.rpc.ledger.AttemptRecord;
import dev.clearspan.rpc.ledger.CallRecord;
import dev.clearspan.rpc.ledger.ForwardingLedger;
import dev.clearspan.rpc.ledger.PlainLedger;
import dev.clearspan.rpc.ledger.TraceContext;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Notes one call. Its trace is chosen at its root, which is here: every process that it passes
 * keeps its part, whatever share of traces it keeps otherwise.
 */
final class InvocationLedger extends ForwardingLedger {
  private final long traceHigh = id();
  private final long traceLow = id();
  private final List<MadeAttempt> attempts = new CopyOnWriteArrayList<>();

  InvocationLedger() {
    super(new PlainLedger());
  }

  /** An attempt that has ended. */
  record MadeAttempt(long spanId, AttemptKind kind, AttemptRecord record) {}

  /** 32 hex digits. */
  String traceId() {
    return position(1).traceId();
  }

  long traceHigh() {
    return traceHigh;
  }

  long traceLow() {
    return traceLow;
  }

  List<MadeAttempt> attempts() {
    return attempts;
  }

  @Override
  public ClientCall beginCall(MethodSpec<?, ?> method, String service) {
    return new Noted();
  }

  private TraceContext position(long spanId) {
    return new TraceContext(
        traceHigh,
        traceLow,
        spanId,
        (byte) (TraceContext.SAMPLED | TraceContext.RANDOM),
        TraceContext.KEEP);
  }

  static long id() {
    long id;
    do {
      id = ThreadLocalRandom.current().nextLong();
    } while (id == 0);
    return id;
  }

  private final class Noted implements ClientCall {
    @Override
    public String traceId() {
      return InvocationLedger.this.traceId();
    }

    @Override
    public Attempt beginAttempt(int number, AttemptKind kind) {
      TraceContext context = position(id());
      return new Attempt() {
        @Override
        public TraceContext wireContext() {
          return context;
        }

        @Override
        public void end(AttemptRecord record, boolean keptByServer) {
          attempts.add(new MadeAttempt(context.spanId(), kind, record));
        }
      };
    }

    @Override
    public void end(CallRecord record) {
      // The invoker knows how it ended.
    }
  }
}
