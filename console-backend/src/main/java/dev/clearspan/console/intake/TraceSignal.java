package dev.clearspan.console.intake;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import java.io.IOException;
import java.util.List;

/** {@code /v1/traces}: what passes the gate goes to the sink. */
final class TraceSignal implements Signal {
  private final SpanGate gate;
  private final SpanSink sink;
  private final IntakeCounters counters;

  TraceSignal(SpanGate gate, SpanSink sink, IntakeCounters counters) {
    this.gate = gate;
    this.sink = sink;
    this.counters = counters;
  }

  @Override
  public byte[] take(byte[] body, OtlpFormat format) throws Refusal {
    ExportTraceServiceRequest.Builder request = ExportTraceServiceRequest.newBuilder();
    List<ByteString> bytes;
    try {
      format.read(body, request);
      bytes = SpanBytes.of(format.protobuf(body, request));
    } catch (IOException e) {
      throw Refusal.malformed("The body is no ExportTraceServiceRequest: " + e.getMessage());
    }
    SpanGate.Admitted admitted = gate.admit(request.getResourceSpansList(), bytes);
    counters.spansReceived.add(admitted.received());
    counters.spansDropped.add(admitted.rejected());
    counters.truncatedValues.add(admitted.cuts());
    if (admitted.batch().count() > 0 && !sink.offer(admitted.batch())) {
      counters.spansDropped.add(admitted.batch().count());
      throw Refusal.busy("The queue before the trace store is full; send again after Retry-After.");
    }
    return admitted.rejected() == 0
        ? format.success()
        : format.partialSuccess("rejectedSpans", admitted.rejected(), admitted.reason());
  }
}
