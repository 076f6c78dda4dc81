package dev.clearspan.console.trace;

import dev.clearspan.console.intake.CountedRate;
import dev.clearspan.console.intake.SpanBatch;
import dev.clearspan.console.intake.SpanSink;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The bounded queue before a {@link TraceStore} and the one thread that writes to it. It commits
 * what gathered within a moment, so that a busy console writes few large batches and a quiet one
 * loses no time. Thread-safe.
 */
public final class TraceWriter implements SpanSink, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(TraceWriter.class);

  private final TraceStore store;
  private final TraceWriterConfig config;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition arrived = lock.newCondition();
  private final ArrayDeque<SpanBatch> queue = new ArrayDeque<>(); // guarded by lock
  private final CountedRate lost = new CountedRate(System::nanoTime);
  private final Thread thread = new Thread(this::run, "trace-writer");
  private long queuedBytes; // guarded by lock
  private int queuedSpans; // guarded by lock
  private boolean closed; // guarded by lock
  private boolean failing; // confined to the writer thread

  private TraceWriter(TraceStore store, TraceWriterConfig config) {
    this.store = store;
    this.config = config;
  }

  public static TraceWriter start(TraceStore store, TraceWriterConfig config) {
    TraceWriter writer = new TraceWriter(store, config);
    writer.thread.setDaemon(true);
    writer.thread.start();
    return writer;
  }

  @Override
  public boolean offer(SpanBatch batch) {
    lock.lock();
    try {
      // One batch is always taken by an empty queue, however large.
      boolean full = !queue.isEmpty() && queuedBytes + batch.bytes() > config.queueBytes();
      if (closed || full || queue.size() >= config.queueBatches()) {
        return false;
      }
      queue.add(batch);
      queuedBytes += batch.bytes();
      queuedSpans += batch.spanCount();
      arrived.signal();
      return true;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public int depth() {
    lock.lock();
    try {
      return queue.size();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public long lost() {
    return lost.total();
  }

  @Override
  public double lostPerSecond() {
    return lost.perSecond();
  }

  /** Takes no more, stores what is queued, and returns when that is done. The store stays open. */
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      arrived.signal();
    } finally {
      lock.unlock();
    }
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try {
      for (List<SpanBatch> batches = next(); !batches.isEmpty(); batches = next()) {
        write(batches);
      }
    } catch (InterruptedException e) {
      log.warn("The trace writer was interrupted; {} batches stay unwritten", depth());
    }
  }

  /** What to write next; empty when closed and done. */
  private List<SpanBatch> next() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (queue.isEmpty() && !closed) {
        arrived.await();
      }
      long patience = config.linger().toNanos();
      while (queuedSpans < config.batchSpans() && !closed && patience > 0) {
        patience = arrived.awaitNanos(patience);
      }
      return drain();
    } finally {
      lock.unlock();
    }
  }

  private List<SpanBatch> drain() {
    List<SpanBatch> batches = new ArrayList<>();
    int spans = 0;
    while (!queue.isEmpty() && spans < config.batchSpans()) {
      SpanBatch batch = queue.remove();
      batches.add(batch);
      spans += batch.spanCount();
      queuedBytes -= batch.bytes();
    }
    queuedSpans -= spans;
    return batches;
  }

  private void write(List<SpanBatch> batches) {
    List<ResourceSpans> spans = new ArrayList<>();
    int count = 0;
    for (SpanBatch batch : batches) {
      spans.addAll(batch.spans());
      count += batch.spanCount();
    }
    try {
      store.append(spans);
      if (failing) {
        failing = false;
        log.info("Spans are stored again; {} were lost", lost());
      }
    } catch (RuntimeException e) {
      // Whatever the store failed with, the writer goes on with the next batch; an outage is logged
      // once.
      lost.add(count);
      if (!failing) {
        failing = true;
        log.error(
            "{} spans could not be stored and are lost, as are those that follow until it works again",
            count,
            e);
      }
    }
  }
}
