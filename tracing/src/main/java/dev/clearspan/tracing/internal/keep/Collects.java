package dev.clearspan.tracing.internal.keep;

import dev.clearspan.rpc.ledger.Callee;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/**
 * Asks callees for their part of traces that turned out to matter after they had answered: one
 * batch of at most {@link Callee#MOST_TRACES} per callee and 100 ms. Used by the recorder's thread
 * only, but for the count.
 */
final class Collects {
  private static final int MOST_WAITING = 4_096;
  private static final int MOST_CALLEES = 4_096;
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private final Map<Callee, Deque<TraceId>> waiting = new LinkedHashMap<>();
  private long sentNanos;
  private final LongAdder dropped = new LongAdder();

  /** Asks for a trace with the next batch; false if too much is waiting already. */
  boolean ask(Callee callee, TraceId trace) {
    Deque<TraceId> queue = waiting.get(callee);
    if (queue == null && waiting.size() < MOST_CALLEES) {
      queue = new ArrayDeque<>();
      waiting.put(callee, queue);
    }
    if (queue == null || queue.size() >= MOST_WAITING) {
      dropped.increment();
      return false;
    }
    if (!trace.equals(queue.peekLast())) {
      queue.add(trace);
    }
    return true;
  }

  /** Sends what is due. */
  void send(long nowNanos) {
    if (waiting.isEmpty() || nowNanos - sentNanos < PAUSE_NANOS) {
      return;
    }
    sentNanos = nowNanos;
    Iterator<Map.Entry<Callee, Deque<TraceId>>> each = waiting.entrySet().iterator();
    while (each.hasNext()) {
      Map.Entry<Callee, Deque<TraceId>> entry = each.next();
      int traces = Math.min(Callee.MOST_TRACES, entry.getValue().size());
      if (!entry.getKey().collect(batch(entry.getValue(), traces))) {
        dropped.add(traces);
      }
      if (entry.getValue().isEmpty()) {
        each.remove();
      }
    }
  }

  /** Traces that callees could not be asked for. */
  long dropped() {
    return dropped.sum();
  }

  private static long[] batch(Deque<TraceId> queue, int traces) {
    long[] ids = new long[2 * traces];
    for (int i = 0; i < traces; i++) {
      TraceId trace = queue.removeFirst();
      ids[2 * i] = trace.high();
      ids[2 * i + 1] = trace.low();
    }
    return ids;
  }
}
