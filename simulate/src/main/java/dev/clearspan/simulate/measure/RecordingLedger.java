package dev.clearspan.simulate.measure;

import dev.clearspan.rpc.MethodSpec;
import dev.clearspan.rpc.ledger.AttemptKind;
import dev.clearspan.rpc.ledger.AttemptRecord;
import dev.clearspan.rpc.ledger.CallLedger;
import dev.clearspan.rpc.ledger.CallRecord;
import dev.clearspan.rpc.ledger.Gauges;
import dev.clearspan.rpc.ledger.TraceContext;
import org.jspecify.annotations.Nullable;

/** The ledger of all simulated clients: counts, and keeps nothing of a single call. */
public final class RecordingLedger
    implements CallLedger, CallLedger.ClientCall, CallLedger.Attempt {
  private static final TraceContext NO_TRACE = new TraceContext(0, 1, 1, (byte) 0, (byte) 0);

  private final Recording recording;

  public RecordingLedger(Recording recording) {
    this.recording = recording;
  }

  @Override
  public ClientCall beginCall(MethodSpec<?, ?> method, String service) {
    recording.offered();
    return this;
  }

  @Override
  public String traceId() {
    return "simulated";
  }

  @Override
  public Attempt beginAttempt(int number, AttemptKind kind) {
    recording.sent();
    return this;
  }

  @Override
  public TraceContext wireContext() {
    return NO_TRACE;
  }

  @Override
  public void end(AttemptRecord record, boolean keptByServer) {}

  @Override
  public void end(CallRecord record) {
    recording.ended(record);
  }

  /** Servers are simulated, and have no ledger. */
  @Override
  public ServedCall beginServed(
      String methodName,
      @Nullable TraceContext remote,
      @Nullable String callerService,
      String peerAddress) {
    throw new UnsupportedOperationException("served: " + methodName);
  }

  @Override
  public Gauges gauges() {
    return source -> () -> {};
  }

  @Override
  public MetricsPage metricsPage(@Nullable String acceptHeader) {
    return new MetricsPage("text/plain", new byte[0]);
  }

  @Override
  public void close() {}
}
