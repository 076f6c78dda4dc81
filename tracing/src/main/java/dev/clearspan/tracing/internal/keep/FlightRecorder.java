package dev.clearspan.tracing.internal.keep;

import dev.clearspan.tracing.internal.record.Keep;
import dev.clearspan.tracing.internal.record.KeepReason;
import dev.clearspan.tracing.internal.record.KeptTraces;
import dev.clearspan.tracing.internal.record.LaneRecords;
import dev.clearspan.tracing.internal.record.RecordReader;
import dev.clearspan.tracing.internal.record.RecordTotals;
import dev.clearspan.tracing.internal.record.Shape;
import dev.clearspan.tracing.internal.record.SpanRecord;
import dev.clearspan.tracing.internal.time.EpochClock;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import org.jctools.queues.MpscArrayQueue;
import org.jspecify.annotations.Nullable;

/**
 * Decides which spans are kept, and gets them out of the rings.
 *
 * <p>{@link #decide} runs where a span ends, on any thread, and takes no lock for spans that are
 * not kept. The rest happens on one thread of the recorder's own, every 20 ms or when it is woken:
 *
 * <ol>
 *   <li>records that are wanted are copied out, or counted as lost if they were overwritten;
 *   <li>for each kept trace the index is searched for spans of it that had ended before, at once
 *       and once more 100 ms later, for those that raced with the decision;
 *   <li>callees that answered before the trace was kept are asked for their part;
 *   <li>what callers ask for is searched in the same way, and remembered for late spans.
 * </ol>
 */
public final class FlightRecorder implements AutoCloseable {
  private static final long TURN_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
  private static final long SECOND_LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
  private static final int MOST_LOOKS_WAITING = 16_384;

  /** Batches of trace ids from callers that wait at most. */
  private static final int MOST_ASKED = 256;

  /** Traces that callers can make us search for in a turn: 12,800 a second. */
  private static final int MOST_SEARCHES = 256;

  private final KeptSpans out;
  private final EpochClock clock;
  private final KeptTraces kept;
  private final Shedding shedding;
  private final RecordReader reader;
  private final RecordTotals totals;
  private final Collects collects = new Collects();
  private final Neighbours neighbours;
  private final MpscArrayQueue<long[]> asked = new MpscArrayQueue<>(MOST_ASKED);
  private final LongAdder notAsked = new LongAdder();
  private final Map<TraceId, Long> secondLooks = new LinkedHashMap<>();
  private final SpanRecord record = new SpanRecord();
  private final Thread thread = new Thread(this::run, "clearspan-recorder");
  private volatile boolean on;
  private volatile boolean closing;

  /**
   * A recorder over the records of all lanes; its thread begins with {@link #start}.
   *
   * @param process the id of the process it belongs to
   * @param keepLimit traces kept a second, not counting those chosen at their root
   */
  public FlightRecorder(
      String process,
      List<LaneRecords> lanes,
      KeptTraces kept,
      KeptSpans out,
      EpochClock clock,
      int keepLimit,
      boolean on) {
    this.neighbours = new Neighbours(process);
    this.kept = kept;
    this.out = out;
    this.clock = clock;
    this.on = on;
    this.reader = new RecordReader(lanes);
    this.totals = new RecordTotals(lanes, reader);
    this.shedding = new Shedding(keepLimit, totals::shedTraces, clock.nanos());
    thread.setDaemon(true);
  }

  public void start() {
    neighbours.join(this);
    thread.start();
  }

  /** Whether calls are recorded now. */
  public boolean isOn() {
    return on;
  }

  public void switchOn(boolean now) {
    on = now;
  }

  /** Whether the trace is known to be kept here. */
  public boolean isKept(long traceIdLow) {
    return kept.contains(traceIdLow);
  }

  /** What is shed now. */
  public Shedding shedding() {
    return shedding;
  }

  /** What became of all spans. */
  public RecordTotals totals() {
    return totals;
  }

  /** Traces of ours that callees could not be asked for, and those that callers asked in vain. */
  public long collectsDropped() {
    return collects.dropped() + notAsked.sum();
  }

  /**
   * Decides on a span that ends.
   *
   * @param own what about the span itself is worth keeping; null: nothing
   * @param traceIsKept whether the span's neighbours say that the trace is kept
   * @param head whether the trace was chosen at its root
   */
  public Keep decide(@Nullable KeepReason own, boolean traceIsKept, boolean head, long traceIdLow) {
    if (own == null && !traceIsKept && !head && !kept.contains(traceIdLow)) {
      return Keep.NO;
    }
    if (shedding.sheds(traceIdLow)) {
      return Keep.SHED;
    }
    if (!head && kept.add(traceIdLow)) {
      shedding.keptOne();
    }
    KeepReason other = head ? KeepReason.HEAD : KeepReason.TRACE;
    return Keep.because(own != null ? own : other);
  }

  /** Much is waiting for the recorder's thread. */
  public void wake() {
    LockSupport.unpark(thread);
  }

  /** A caller wants our part of traces: upper and lower half of each id in turn. */
  public void ask(long[] traceIds) {
    if (!on || !asked.offer(traceIds)) {
      notAsked.add(traceIds.length / 2);
    }
  }

  /** Takes out what is still wanted, for at most the given time, and ends the thread. */
  public void close(Duration patience) {
    neighbours.leave(this);
    closing = true;
    wake();
    try {
      thread.join(Math.max(1, patience.toMillis()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    close(Duration.ofSeconds(1));
  }

  private void run() {
    while (!closing) {
      turn();
      if (!closing && reader.nothingWanted()) {
        LockSupport.parkNanos(this, TURN_NANOS);
      }
    }
    turn();
  }

  private void turn() {
    out.turn();
    reader.drainWanted(this::take);
    answerCallers();
    lookAgain();
    long now = clock.nanos();
    collects.send(now);
    shedding.look(now, out.fullness());
  }

  /** A record is wanted; the reader has it in its hands. */
  private void take(SpanRecord wanted, int lane, KeepReason reason) {
    if (reason == KeepReason.HEAD) {
      // All parts of the trace know from the start that they are kept.
      out.kept(wanted, reader.detail(lane, wanted), reason, false);
      return;
    }
    TraceId trace = new TraceId(wanted.traceIdHigh(), wanted.traceIdLow());
    int missing = 0;
    if (wanted.part() == Shape.Part.SERVED) {
      missing = Math.max(0, wanted.children() - search(trace, wanted.spanId()));
      totals.lostBeforeWanted(missing);
    } else if (!secondLooks.containsKey(trace)) {
      search(trace, 0);
    }
    if (!secondLooks.containsKey(trace)) {
      neighbours.tell(this, trace);
    }
    rememberToLookAgain(trace);
    boolean partial = missing > 0 || !collected(wanted, trace);
    out.kept(wanted, reader.detail(lane, wanted), reason, partial);
  }

  /**
   * Keeps what has ended of a trace; returns how many client calls of one served call were found.
   */
  private int search(TraceId trace, long servedSpanId) {
    out.keptTrace(trace.high(), trace.low());
    int[] found = new int[1];
    reader.search(
        trace.high(),
        trace.low(),
        record,
        (lane, position) -> {
          boolean isCall = record.part() == Shape.Part.CALL || record.part() == Shape.Part.LOGICAL;
          if (isCall && servedSpanId != 0 && record.parentId() == servedSpanId) {
            found[0]++;
          }
          if (!record.has(Shape.WANTED) && reader.claim(lane, position)) {
            totals.claimed();
            boolean partial = !collected(record, trace);
            out.kept(record, reader.detail(lane, record), KeepReason.TRACE, partial);
          }
        });
    return found[0];
  }

  /**
   * Makes sure that the other side of a client span keeps its part; false if it cannot be asked.
   */
  private boolean collected(SpanRecord client, TraceId trace) {
    boolean isSent =
        (client.part() == Shape.Part.CALL || client.part() == Shape.Part.ATTEMPT)
            && client.outcome().mayHaveBeenServed();
    if (!isSent || client.has(Shape.KEPT_BY_SERVER) || client.has(Shape.SENT_WITH_KEEP)) {
      return true;
    }
    var callee = out.callee(client);
    return callee == null || (callee.canCollect() && collects.ask(callee, trace));
  }

  private void answerCallers() {
    for (int searched = 0; searched < MOST_SEARCHES; ) {
      long[] ids = asked.poll();
      if (ids == null) {
        return;
      }
      for (int i = 0; i + 1 < ids.length; i += 2) {
        keepForCaller(new TraceId(ids[i], ids[i + 1]));
        searched++;
      }
    }
  }

  private void keepForCaller(TraceId trace) {
    if (!shedding.sheds(trace.low()) && kept.add(trace.low())) {
      search(trace, 0);
      neighbours.tell(this, trace);
      rememberToLookAgain(trace);
    }
  }

  private void rememberToLookAgain(TraceId trace) {
    if (secondLooks.size() < MOST_LOOKS_WAITING) {
      secondLooks.putIfAbsent(trace, clock.nanos() + SECOND_LOOK_NANOS);
    }
  }

  private void lookAgain() {
    long now = clock.nanos();
    Iterator<Map.Entry<TraceId, Long>> each = secondLooks.entrySet().iterator();
    while (each.hasNext()) {
      Map.Entry<TraceId, Long> next = each.next();
      if (next.getValue() - now > 0 && !closing) {
        return;
      }
      each.remove();
      search(next.getKey(), 0);
    }
  }
}
