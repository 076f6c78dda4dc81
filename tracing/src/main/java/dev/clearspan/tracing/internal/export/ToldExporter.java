package dev.clearspan.tracing.internal.export;

import dev.clearspan.rpc.time.Ticker;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.logs.data.LogRecordData;
import io.opentelemetry.sdk.logs.export.LogRecordExporter;
import java.util.Collection;

/** Says once when log records cannot be delivered, and once when they can again. */
final class ToldExporter implements LogRecordExporter {
  private final LogRecordExporter exporter;
  private final ExportHealth health;
  private final Ticker ticker;

  ToldExporter(LogRecordExporter exporter, String endpoint, Ticker ticker) {
    this.exporter = exporter;
    this.health = new ExportHealth("log records", endpoint);
    this.ticker = ticker;
  }

  @Override
  public CompletableResultCode export(Collection<LogRecordData> logs) {
    CompletableResultCode result = Export.of(() -> exporter.export(logs));
    if (result.isSuccess()) {
      health.succeeded(ticker.nanos());
    } else {
      health.failed(
          result.getFailureThrowable(), "they are dropped until it takes them", ticker.nanos());
    }
    return result;
  }

  @Override
  public CompletableResultCode flush() {
    return exporter.flush();
  }

  @Override
  public CompletableResultCode shutdown() {
    return exporter.shutdown();
  }
}
