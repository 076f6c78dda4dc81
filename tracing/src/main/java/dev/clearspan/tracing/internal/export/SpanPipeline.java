package dev.clearspan.tracing.internal.export;

import dev.clearspan.rpc.time.Ticker;
import dev.clearspan.tracing.internal.metric.ExportTally;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jctools.queues.MpscArrayQueue;

/**
 * Takes finished calls from any thread without waiting and exports them in batches on a thread of
 * its own. The queue is bounded: while the collector is down or slow, what no longer fits is
 * dropped and counted. Spans are built here, not where the call was made.
 */
public final class SpanPipeline implements AutoCloseable {
  /** Calls that wait at most, about 8 MB with everything they refer to. */
  static final int CAPACITY = 8_192;

  private static final int BATCH_SPANS = 512;
  private static final long BATCH_DELAY_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  private final MpscArrayQueue<SpanSource> queue = new MpscArrayQueue<>(CAPACITY);
  private final SpanExporter exporter;
  private final ExportTally tally;
  private final ExportHealth health;
  private final Ticker ticker;
  private final Thread thread = new Thread(this::run, "clearspan-spans");
  private volatile boolean idle;
  private volatile boolean closing;

  private SpanPipeline(SpanExporter exporter, String endpoint, ExportTally tally, Ticker ticker) {
    this.exporter = exporter;
    this.tally = tally;
    this.health = new ExportHealth("spans", endpoint);
    this.ticker = ticker;
    thread.setDaemon(true);
  }

  /** Starts a pipeline that owns the exporter. */
  public static SpanPipeline start(
      SpanExporter exporter, String endpoint, ExportTally tally, Ticker ticker) {
    SpanPipeline pipeline = new SpanPipeline(exporter, endpoint, tally, ticker);
    pipeline.thread.start();
    return pipeline;
  }

  /** Takes the spans, or drops and counts them; never waits. */
  public void offer(SpanSource source) {
    if (closing || !queue.offer(source)) {
      tally.spansNotQueued(source.spans());
      return;
    }
    if (idle && queue.size() >= BATCH_SPANS) {
      LockSupport.unpark(thread);
    }
  }

  /** Exports what is queued, for at most the given time; what is left then is counted as lost. */
  public void close(Duration patience) {
    closing = true;
    LockSupport.unpark(thread);
    boolean interrupted = !joined(patience);
    exporter.shutdown();
    dropRest();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    close(Duration.ofSeconds(2));
  }

  private boolean joined(Duration patience) {
    try {
      thread.join(Math.max(1, patience.toMillis()));
      return true;
    } catch (InterruptedException e) {
      return false;
    }
  }

  /** A thread still stuck in an export is the queue's only consumer: then its rest stays there. */
  private void dropRest() {
    if (thread.isAlive()) {
      tally.spansNotTaken(queue.size());
      return;
    }
    queue.drain(source -> tally.spansNotTaken(source.spans()));
  }

  private void run() {
    while (!closing) {
      if (queue.size() < BATCH_SPANS) {
        idle = true;
        LockSupport.parkNanos(this, BATCH_DELAY_NANOS);
        idle = false;
      }
      exportQueued();
    }
    exportQueued();
  }

  private void exportQueued() {
    while (true) {
      List<SpanData> batch = nextBatch();
      if (batch.isEmpty()) {
        return;
      }
      export(batch);
    }
  }

  private List<SpanData> nextBatch() {
    List<SpanData> batch = new ArrayList<>();
    while (batch.size() < BATCH_SPANS) {
      SpanSource source = queue.poll();
      if (source == null) {
        break;
      }
      source.addTo(batch);
    }
    return batch;
  }

  private void export(List<SpanData> batch) {
    CompletableResultCode result = Export.of(() -> exporter.export(batch));
    if (result.isSuccess()) {
      tally.spansExported(batch.size());
      health.succeeded(ticker.nanos());
    } else {
      tally.spansNotTaken(batch.size());
      health.failed(result.getFailureThrowable(), "spans are dropped and counted", ticker.nanos());
    }
  }
}
