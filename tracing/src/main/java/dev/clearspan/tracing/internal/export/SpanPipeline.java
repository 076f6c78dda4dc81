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
 * Takes spans from any thread without waiting and exports them in batches on a thread of its own.
 * The queue is bounded: while the collector is down or slow, what no longer fits is dropped and
 * counted. A batch that the collector finds too large is halved.
 */
public final class SpanPipeline implements AutoCloseable {
  /** Spans that wait at most, about 8 MB. */
  static final int CAPACITY = 8_192;

  /** About 1 MB as it is sent: a request costs more than what is in it. */
  private static final int BATCH_SPANS = 2_048;

  private static final long BATCH_DELAY_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  private final MpscArrayQueue<SpanData> queue = new MpscArrayQueue<>(CAPACITY);
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

  /** Takes the span, or drops and counts it; never waits. */
  public void offer(SpanData span) {
    if (closing || !queue.offer(span)) {
      tally.spansNotQueued(1);
      return;
    }
    if (idle && queue.size() >= BATCH_SPANS) {
      LockSupport.unpark(thread);
    }
  }

  /** How full the queue is, 0 to 1. */
  public double fullness() {
    return (double) queue.size() / CAPACITY;
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
    tally.spansNotTaken(queue.drain(span -> {}));
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
      SpanData span = queue.poll();
      if (span == null) {
        break;
      }
      batch.add(span);
    }
    return batch;
  }

  /** The collector says that the batch is too large. */
  private void exportHalves(List<SpanData> batch) {
    if (batch.size() == 1) {
      tally.spanTooLarge();
      return;
    }
    int half = batch.size() / 2;
    export(batch.subList(0, half));
    export(batch.subList(half, batch.size()));
  }

  private void export(List<SpanData> batch) {
    CompletableResultCode result = Export.of(() -> exporter.export(batch));
    if (result.isSuccess()) {
      tally.spansExported(batch.size());
      health.succeeded(ticker.nanos());
    } else if (ExportHealth.isTooLarge(result.getFailureThrowable())) {
      exportHalves(batch);
    } else {
      tally.spansNotTaken(batch.size());
      health.failed(result.getFailureThrowable(), "spans are dropped and counted", ticker.nanos());
    }
  }
}
