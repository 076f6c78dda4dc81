package dev.clearspan.console.intake;

import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import java.io.IOException;

/** {@code /v1/logs}: records of traces go to the sink. */
final class LogSignal implements Signal {
  private final LogGate gate;
  private final SpanSink sink;
  private final IntakeCounters counters;

  LogSignal(LogGate gate, SpanSink sink, IntakeCounters counters) {
    this.gate = gate;
    this.sink = sink;
    this.counters = counters;
  }

  @Override
  public byte[] take(byte[] body, OtlpFormat format) throws Refusal {
    ExportLogsServiceRequest.Builder request = ExportLogsServiceRequest.newBuilder();
    try {
      format.read(body, request);
    } catch (IOException e) {
      throw Refusal.malformed("The body is no ExportLogsServiceRequest: " + e.getMessage());
    }
    LogGate.Admitted admitted = gate.admit(request.getResourceLogsList());
    counters.logsReceived.add(admitted.received());
    counters.logsDropped.add(admitted.rejected());
    counters.truncatedValues.add(admitted.cuts());
    if (admitted.batch().count() > 0 && !sink.offer(admitted.batch())) {
      counters.logsDropped.add(admitted.batch().count());
      throw Refusal.busy("The queue before the trace store is full; send again after Retry-After.");
    }
    return admitted.rejected() == 0
        ? format.success()
        : format.partialSuccess("rejectedLogRecords", admitted.rejected(), admitted.reason());
  }
}
