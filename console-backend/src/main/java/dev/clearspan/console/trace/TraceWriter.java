package dev.clearspan.console.trace;

import dev.clearspan.console.intake.Batch;
import dev.clearspan.console.intake.CountedRate;
import dev.clearspan.console.intake.LogBatch;
import dev.clearspan.console.intake.SpanBatch;
import dev.clearspan.console.intake.SpanGroup;
import dev.clearspan.console.intake.SpanSink;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The bounded queue before a {@link TraceStore} and its {@link LogStore}, and the one thread that
 * writes to them. It commits what gathered within a moment, so that a busy console writes few large
 * batches and a quiet one loses no time. Thread-safe.
 */
public final class TraceWriter implements SpanSink, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(TraceWriter.class);

  private final TraceStore store;
  private final LogStore logStore;
  private final TraceWriterConfig config;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition arrived = lock.newCondition();
  private final ArrayDeque<Batch> queue = new ArrayDeque<>(); // guarded by lock
  private final CountedRate lost = new CountedRate(System::nanoTime);
  private final LongAdder lostLogs = new LongAdder();
  private final Thread thread = new Thread(this::run, "trace-writer");
  private long queuedBytes; // guarded by lock
  private int queuedCount; // guarded by lock
  private boolean closed; // guarded by lock
  private boolean failing; // confined to the writer thread

  private TraceWriter(TraceStore store, LogStore logStore, TraceWriterConfig config) {
    this.store = store;
    this.logStore = logStore;
    this.config = config;
  }

  public static TraceWriter start(TraceStore store, LogStore logStore, TraceWriterConfig config) {
    TraceWriter writer = new TraceWriter(store, logStore, config);
    writer.thread.setDaemon(true);
    writer.thread.start();
    return writer;
  }

  @Override
  public boolean offer(Batch batch) {
    lock.lock();
    try {
      // One batch is always taken by an empty queue, however large.
      boolean full = !queue.isEmpty() && queuedBytes + batch.bytes() > config.queueBytes();
      if (closed || full || queue.size() >= config.queueBatches()) {
        return false;
      }
      queue.add(batch);
      queuedBytes += batch.bytes();
      queuedCount += batch.count();
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

  @Override
  public long lostLogs() {
    return lostLogs.sum();
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
      for (List<Batch> batches = next(); !batches.isEmpty(); batches = next()) {
        write(batches);
      }
    } catch (InterruptedException e) {
      log.warn("The trace writer was interrupted; {} batches stay unwritten", depth());
    }
  }

  /** What to write next; empty when closed and done. */
  private List<Batch> next() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (queue.isEmpty() && !closed) {
        arrived.await();
      }
      long patience = config.linger().toNanos();
      while (queuedCount < config.batchSpans() && !closed && patience > 0) {
        patience = arrived.awaitNanos(patience);
      }
      return drain();
    } finally {
      lock.unlock();
    }
  }

  private List<Batch> drain() {
    List<Batch> batches = new ArrayList<>();
    int count = 0;
    while (!queue.isEmpty() && count < config.batchSpans()) {
      Batch batch = queue.remove();
      batches.add(batch);
      count += batch.count();
      queuedBytes -= batch.bytes();
    }
    queuedCount -= count;
    return batches;
  }

  private void write(List<Batch> batches) {
    List<SpanGroup> spans = new ArrayList<>();
    List<ResourceLogs> logs = new ArrayList<>();
    int spanCount = 0;
    int logCount = 0;
    for (Batch batch : batches) {
      if (batch instanceof SpanBatch some) {
        spans.addAll(some.groups());
        spanCount += some.count();
      } else if (batch instanceof LogBatch some) {
        logs.addAll(some.logs());
        logCount += some.count();
      }
    }
    if (!isStored(() -> store.append(spans), spanCount, "spans")) {
      lost.add(spanCount);
    }
    if (!isStored(() -> logStore.appendLogs(logs), logCount, "log records")) {
      lostLogs.add(logCount);
    }
  }

  private boolean isStored(Runnable storing, int count, String what) {
    if (count == 0) {
      return true;
    }
    try {
      storing.run();
      if (failing) {
        failing = false;
        log.info("It is stored again; {} spans and {} log records were lost", lost(), lostLogs());
      }
      return true;
    } catch (RuntimeException e) {
      // Whatever the store failed with, the writer goes on with the next batch; an outage is logged
      // once.
      if (!failing) {
        failing = true;
        log.error(
            "{} {} could not be stored and are lost, as is what follows until it works again",
            count,
            what,
            e);
      }
      return false;
    }
  }
}
