package dev.clearspan.console.intake;

import dev.clearspan.rpc.Metadata;
import dev.clearspan.rpc.ledger.ForwardingLedger;
import dev.clearspan.rpc.ledger.PlainLedger;
import dev.clearspan.rpc.ledger.ServedRecord;
import dev.clearspan.rpc.ledger.TraceContext;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Counts the calls of an OTLP server that did not end with OK, those too that it refused before
 * anybody saw them. It tells of none, or the console would tell of its telling.
 */
final class RefusalLedger extends ForwardingLedger {
  private final LongAdder refused;

  RefusalLedger(LongAdder refused) {
    super(new PlainLedger());
    this.refused = refused;
  }

  @Override
  public ServedCall beginServed(
      String methodName,
      @Nullable TraceContext remote,
      @Nullable String callerService,
      String peerAddress) {
    return new Counted(super.beginServed(methodName, remote, callerService, peerAddress));
  }

  private final class Counted implements ServedCall {
    private final ServedCall call;

    Counted(ServedCall call) {
      this.call = call;
    }

    @Override
    public String traceId() {
      return call.traceId();
    }

    @Override
    public Scope makeCurrent(Metadata request) {
      return call.makeCurrent(request);
    }

    @Override
    public boolean end(ServedRecord record) {
      if (!record.status().isOk()) {
        refused.increment();
      }
      return call.end(record);
    }
  }
}
