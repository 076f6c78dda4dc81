package dev.clearspan.console.intake;

import dev.clearspan.rpc.Metadata;
import dev.clearspan.rpc.MethodSpec;
import dev.clearspan.rpc.ledger.CallLedger;
import dev.clearspan.rpc.ledger.Gauges;
import dev.clearspan.rpc.ledger.PlainLedger;
import dev.clearspan.rpc.ledger.ServedRecord;
import dev.clearspan.rpc.ledger.TraceContext;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Counts the calls of an OTLP server that did not end with OK, those too that it refused before
 * anybody saw them. It tells of none, or the console would tell of its telling.
 */
final class RefusalLedger implements CallLedger {
  private final PlainLedger plain = new PlainLedger();
  private final LongAdder refused;

  RefusalLedger(LongAdder refused) {
    this.refused = refused;
  }

  @Override
  public ClientCall beginCall(MethodSpec<?, ?> method, String service) {
    return plain.beginCall(method, service);
  }

  @Override
  public ServedCall beginServed(
      String methodName,
      @Nullable TraceContext remote,
      @Nullable String callerService,
      String peerAddress) {
    return new Counted(plain.beginServed(methodName, remote, callerService, peerAddress));
  }

  @Override
  public Gauges gauges() {
    return plain.gauges();
  }

  @Override
  public MetricsPage metricsPage(@Nullable String acceptHeader) {
    return plain.metricsPage(acceptHeader);
  }

  @Override
  public void close() {
    plain.close();
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
