package dev.clearspan.tracing.internal.export;

import dev.clearspan.rpc.time.Ticker;
import io.opentelemetry.api.logs.Severity;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.logs.LogRecordProcessor;
import io.opentelemetry.sdk.logs.ReadWriteLogRecord;
import io.opentelemetry.sdk.logs.export.BatchLogRecordProcessor;
import io.opentelemetry.sdk.logs.export.LogRecordExporter;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Sends log records beside the spans they belong to: those that were logged within a trace which is
 * sampled, and warnings and worse within any trace, since a trace that fails is kept whatever its
 * sampling said. The queue is bounded; nothing is started until there is a record to send.
 * Thread-safe.
 */
public final class LogPipeline implements LogRecordProcessor {
  private static final int CAPACITY = 2_048;
  private static final int BATCH = 512;
  private static final Duration DELAY = Duration.ofMillis(500);

  private final Supplier<LogRecordExporter> exporter;
  private final boolean all;
  private final ReentrantLock lock = new ReentrantLock();
  private @Nullable LogRecordProcessor started; // guarded by lock
  private boolean closed; // guarded by lock

  /**
   * Not started yet.
   *
   * @param all whether records of no kept trace are sent, too
   */
  public LogPipeline(OtlpExporters exporters, OtlpTarget target, boolean all) {
    this(() -> new ToldExporter(exporters.logs(target), target.endpoint(), Ticker.SYSTEM), all);
  }

  LogPipeline(Supplier<LogRecordExporter> exporter, boolean all) {
    this.exporter = exporter;
    this.all = all;
  }

  @Override
  public void onEmit(Context context, ReadWriteLogRecord log) {
    if (all || isOfKeptTrace(log)) {
      LogRecordProcessor batches = started();
      if (batches != null) {
        batches.onEmit(context, log);
      }
    }
  }

  private static boolean isOfKeptTrace(ReadWriteLogRecord log) {
    SpanContext span = log.getSpanContext();
    return span.isValid()
        && (span.isSampled()
            || log.getSeverity().getSeverityNumber() >= Severity.WARN.getSeverityNumber());
  }

  private @Nullable LogRecordProcessor started() {
    lock.lock();
    try {
      if (started == null && !closed) {
        started =
            BatchLogRecordProcessor.builder(exporter.get())
                .setMaxQueueSize(CAPACITY)
                .setMaxExportBatchSize(BATCH)
                .setScheduleDelay(DELAY)
                .build();
      }
      return started;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public CompletableResultCode forceFlush() {
    lock.lock();
    try {
      return started == null ? CompletableResultCode.ofSuccess() : started.forceFlush();
    } finally {
      lock.unlock();
    }
  }

  /** Sends what is queued; takes nothing more. */
  @Override
  public CompletableResultCode shutdown() {
    lock.lock();
    try {
      closed = true;
      return started == null ? CompletableResultCode.ofSuccess() : started.shutdown();
    } finally {
      lock.unlock();
    }
  }
}
