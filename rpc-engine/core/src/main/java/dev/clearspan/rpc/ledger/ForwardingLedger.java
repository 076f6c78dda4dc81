package dev.clearspan.rpc.ledger;

import dev.clearspan.rpc.MethodSpec;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Hands everything on to another ledger: for ledgers that change a part of it. As thread-safe as
 * that one.
 */
public abstract class ForwardingLedger implements CallLedger {
  private final CallLedger ledger;

  protected ForwardingLedger(CallLedger ledger) {
    this.ledger = ledger;
  }

  @Override
  public ClientCall beginCall(MethodSpec<?, ?> method, String service) {
    return ledger.beginCall(method, service);
  }

  @Override
  public ServedCall beginServed(
      String methodName,
      @Nullable TraceContext remote,
      @Nullable String callerService,
      String peerAddress) {
    return ledger.beginServed(methodName, remote, callerService, peerAddress);
  }

  @Override
  public void collect(long[] traceIds) {
    ledger.collect(traceIds);
  }

  @Override
  public void recording(boolean on) {
    ledger.recording(on);
  }

  @Override
  public void telemetry(String service, TelemetryRules rules) {
    ledger.telemetry(service, rules);
  }

  @Override
  public Gauges gauges() {
    return ledger.gauges();
  }

  @Override
  public void metricPushInterval(Duration interval) {
    ledger.metricPushInterval(interval);
  }

  @Override
  public MetricsPage metricsPage(@Nullable String acceptHeader) {
    return ledger.metricsPage(acceptHeader);
  }

  @Override
  public void close() {
    ledger.close();
  }
}
