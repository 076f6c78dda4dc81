package dev.clearspan.console.intake;

import io.opentelemetry.proto.trace.v1.Span;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;

/** Keeps what is offered, unless it is told to be full. Thread-safe. */
public final class FakeSink implements SpanSink {
  public final ConcurrentLinkedQueue<SpanBatch> batches = new ConcurrentLinkedQueue<>();
  public final ConcurrentLinkedQueue<LogBatch> logs = new ConcurrentLinkedQueue<>();
  public final AtomicBoolean full = new AtomicBoolean();

  @Override
  public boolean offer(Batch batch) {
    if (full.get()) {
      return false;
    }
    return batch instanceof SpanBatch spans ? batches.add(spans) : logs.add((LogBatch) batch);
  }

  @Override
  public int depth() {
    return batches.size() + logs.size();
  }

  @Override
  public long lost() {
    return 0;
  }

  @Override
  public double lostPerSecond() {
    return 0;
  }

  @Override
  public long lostLogs() {
    return 0;
  }

  Span span() {
    return batches.element().spans().get(0).getScopeSpans(0).getSpans(0);
  }
}
