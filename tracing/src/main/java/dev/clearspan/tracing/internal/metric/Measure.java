package dev.clearspan.tracing.internal.metric;

import dev.clearspan.tracing.semconv.Instrument;
import dev.clearspan.tracing.semconv.TelemetryNames;

/** What lanes measure. */
enum Measure {
  CLIENT_CALL(TelemetryNames.CLIENT_CALL_DURATION, Buckets.DURATION),
  SERVED_CALL(TelemetryNames.SERVER_CALL_DURATION, Buckets.DURATION),
  ATTEMPT(TelemetryNames.ATTEMPT_DURATION, Buckets.DURATION),
  RETRY_DELAY(TelemetryNames.RETRY_DELAY, Buckets.DURATION),
  QUEUE(TelemetryNames.QUEUE_DURATION, Buckets.DURATION),
  REJECTED(TelemetryNames.REJECTED, Buckets.DURATION),
  CLIENT_MESSAGE(TelemetryNames.CLIENT_MESSAGE_SIZE, Buckets.SIZE),
  SERVER_MESSAGE(TelemetryNames.SERVER_MESSAGE_SIZE, Buckets.SIZE);

  final Instrument instrument;
  final Buckets buckets;

  Measure(Instrument instrument, Buckets buckets) {
    this.instrument = instrument;
    this.buckets = buckets;
  }
}
