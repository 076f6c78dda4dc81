package dev.clearspan.rpc.server;

import dev.clearspan.rpc.balance.LoadReport;
import dev.clearspan.rpc.time.Ticker;
import java.lang.management.ManagementFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.DoubleSupplier;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;

/**
 * How loaded the server is, for the callers that ask in their HELLO. Measured by whoever reads it,
 * at most every 100 ms; shares and means are smoothed over a second. Memory falls at once and rises
 * slowly, so that it tells what stays when garbage is collected. Thread-safe.
 */
public final class ServerLoad {
  private static final long INTERVAL_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
  private static final double SMOOTHING_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final double MEMORY_RISE_NANOS = TimeUnit.SECONDS.toNanos(10);

  private final IntSupplier inFlight;
  private final IntSupplier queued;
  private final Ticker ticker;
  private final LongSupplier cpuNanos;
  private final DoubleSupplier memory;
  private final int processors;
  private final LongAdder calls = new LongAdder();
  private final LongAdder handlerNanos = new LongAdder();
  private final ReentrantLock measuring = new ReentrantLock();
  private volatile LoadReport latest;
  private long lastCpuNanos; // guarded by measuring, as what follows
  private long lastCalls;
  private long lastHandlerNanos;

  /** The load of this process, in calls that pass the gate and wait for the dispatcher. */
  static ServerLoad of(CallGate gate, Dispatcher dispatcher, Ticker ticker) {
    return new ServerLoad(
        gate::inFlight, dispatcher::queued, ticker, processCpu(), ServerLoad::heapShare);
  }

  /**
   * Of these figures.
   *
   * @param cpuNanos processor time the process has used; below 0: it cannot tell
   * @param memory share of the heap's limit in use now; NaN: it cannot tell
   */
  ServerLoad(
      IntSupplier inFlight,
      IntSupplier queued,
      Ticker ticker,
      LongSupplier cpuNanos,
      DoubleSupplier memory) {
    this.inFlight = inFlight;
    this.queued = queued;
    this.ticker = ticker;
    this.cpuNanos = cpuNanos;
    this.memory = memory;
    this.processors = Runtime.getRuntime().availableProcessors();
    this.lastCpuNanos = cpuNanos.getAsLong();
    this.latest = new LoadReport(Double.NaN, memory.getAsDouble(), 0, 0, 0, ticker.nanos());
  }

  /** Handlers have ended: how many, and the time that all of them took. */
  public void handled(long count, long nanos) {
    calls.add(count);
    handlerNanos.add(nanos);
  }

  /** The load now or up to 100 ms ago. */
  public LoadReport read() {
    LoadReport known = latest;
    long now = ticker.nanos();
    if (known.ageNanos(now) < INTERVAL_NANOS || !measuring.tryLock()) {
      return known;
    }
    try {
      if (latest.ageNanos(now) >= INTERVAL_NANOS) {
        latest = measured(latest, now);
      }
      return latest;
    } finally {
      measuring.unlock();
    }
  }

  private LoadReport measured(LoadReport before, long now) {
    long elapsed = before.ageNanos(now);
    double fresh = 1 - Math.exp(-elapsed / SMOOTHING_NANOS);
    return new LoadReport(
        smoothed(before.cpu(), cpuShare(elapsed), fresh),
        afterCollections(before.memory(), memory.getAsDouble(), elapsed),
        inFlight.getAsInt(),
        queued.getAsInt(),
        (long) smoothed(before.handlerNanos(), meanHandlerNanos(before), fresh),
        now);
  }

  private double cpuShare(long elapsed) {
    long cpu = cpuNanos.getAsLong();
    double share = (double) (cpu - lastCpuNanos) / elapsed / processors;
    lastCpuNanos = cpu;
    return cpu < 0 ? Double.NaN : Math.max(0, Math.min(1, share));
  }

  private static double afterCollections(double before, double now, long elapsed) {
    boolean falls = Double.isNaN(before) || Double.isNaN(now) || now < before;
    double risen = 1 - Math.exp(-elapsed / MEMORY_RISE_NANOS);
    return falls ? now : before + risen * (now - before);
  }

  private double meanHandlerNanos(LoadReport before) {
    long ended = calls.sum();
    long nanos = handlerNanos.sum();
    double mean =
        ended == lastCalls
            ? before.handlerNanos()
            : (double) (nanos - lastHandlerNanos) / (ended - lastCalls);
    lastCalls = ended;
    lastHandlerNanos = nanos;
    return mean;
  }

  private static double smoothed(double before, double now, double fresh) {
    boolean first = Double.isNaN(before) || before == 0;
    return first || Double.isNaN(now) ? now : before + fresh * (now - before);
  }

  private static double heapShare() {
    Runtime heap = Runtime.getRuntime();
    return (double) (heap.totalMemory() - heap.freeMemory()) / heap.maxMemory();
  }

  private static LongSupplier processCpu() {
    return ManagementFactory.getOperatingSystemMXBean()
            instanceof com.sun.management.OperatingSystemMXBean system
        ? system::getProcessCpuTime
        : () -> -1;
  }
}
