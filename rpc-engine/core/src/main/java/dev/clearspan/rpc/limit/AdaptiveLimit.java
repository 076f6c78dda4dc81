package dev.clearspan.rpc.limit;

import java.util.concurrent.TimeUnit;

/**
 * How many calls may be in handlers or wait for one, found by measuring.
 *
 * <p>Additive increase, multiplicative decrease on queueing delay, after Breakwater (Cho et al.,
 * "Overload Control for us-scale RPCs", OSDI 2020). It is lowered when the queue for threads stands
 * ({@link QueueWatch}): to what Little's law says is needed, throughput x (time of a handler + half
 * of the target), as in BBR, but by at least a tenth and at most a half; and to 0.7 when most calls
 * run out of time ({@link Drops}), whether or not anything waits. What it is lowered from is what
 * was in flight, so an idle limit of ten thousand is no detour. It is raised only while it is used,
 * waits are short and next to nothing runs out of time: by a quarter if there is no queue to speak
 * of, else by a fiftieth.
 *
 * <p>So these faults of Gradient2 are not repeated: timeouts cannot raise it, drops lower it, and
 * mild overload cannot either, because delay is compared with a target and not with its own past.
 * How long handlers take is no sign of overload here: a service whose handlers wait a second for a
 * database is slow, and healthy.
 *
 * <p>Judged by one thread at a time.
 */
final class AdaptiveLimit {
  private static final long LEAST_PATIENCE = TimeUnit.MILLISECONDS.toNanos(200);
  private static final double SMOOTHING = 0.3;
  private static final double LEAST_CUT = 0.9;
  private static final double MOST_CUT = 0.5;
  private static final double DROP_CUT = 0.7;

  private final Drops drops = new Drops();
  private AdaptiveSettings settings;
  private int limit;
  private double handlerNanos;
  private long endsAbove;
  private long nanosAbove;
  private int peakAbove;

  AdaptiveLimit(AdaptiveSettings settings) {
    this.settings = settings;
    this.limit = most();
  }

  int limit() {
    return limit;
  }

  /** Calls that are always taken. */
  int least() {
    return settings.min();
  }

  boolean isLowered() {
    return limit < most();
  }

  /** Keeps what was learned, within the new bounds. */
  void settings(AdaptiveSettings value) {
    boolean lowered = isLowered();
    settings = value;
    limit = lowered ? Math.max(value.min(), Math.min(limit, most())) : most();
    if (!value.enabled()) {
      limit = most();
    }
  }

  /** Forgets everything: it has long been quiet. */
  void release() {
    limit = most();
    drops.reset();
    measureAnew();
  }

  /**
   * Learns what was seen until now; the queue has learned it.
   *
   * @return whether it was lowered because of the queue: then what came before says no more
   */
  boolean judge(Tick tick, QueueWatch queue, long now) {
    Drops.Verdict dropped = drops.add(tick);
    measure(tick, queue);
    boolean stood = queue.hasStood(patience(queue), now);
    if (stood) {
      lower(needed(queue), peakAbove);
      measureAnew();
    } else if (dropped == Drops.Verdict.MOST) {
      lower(DROP_CUT, drops.peak());
    } else if (!queue.isAbove() && !drops.areMany()) {
      raise(tick, queue);
    }
    if (dropped != Drops.Verdict.NOT_YET) {
      drops.next();
    }
    return stood;
  }

  /** Whether calls run out of time. */
  boolean seesDrops() {
    return drops.areMany();
  }

  /** Once lowered, the next step is due as soon as calls have met the limit as it is now. */
  private long patience(QueueWatch queue) {
    long most = queue.maxQueueNanos();
    return isLowered() ? Math.min(most, Math.max(LEAST_PATIENCE, (long) handlerNanos)) : most;
  }

  private void measure(Tick tick, QueueWatch queue) {
    if (tick.ends() > 0) {
      double mean = tick.meanHandlerNanos();
      handlerNanos = handlerNanos == 0 ? mean : handlerNanos + SMOOTHING * (mean - handlerNanos);
    }
    if (!queue.isAbove()) {
      measureAnew();
      return;
    }
    endsAbove += tick.ends();
    nanosAbove += tick.nanos();
    peakAbove = Math.max(peakAbove, tick.peak());
  }

  private void measureAnew() {
    endsAbove = 0;
    nanosAbove = 0;
    peakAbove = 0;
  }

  /** The share of what was in flight that Little's law asks for. */
  private double needed(QueueWatch queue) {
    double throughput = (double) endsAbove / Math.max(1, nanosAbove);
    double needed = throughput * (handlerNanos + queue.targetNanos() / 2.0);
    double share = needed / Math.max(1, Math.min(limit, peakAbove));
    return Math.max(MOST_CUT, Math.min(LEAST_CUT, share));
  }

  private void lower(double share, int peak) {
    if (settings.enabled()) {
      int from = Math.min(limit, peak);
      limit = Math.min(limit, Math.max(settings.min(), (int) (from * share)));
    }
  }

  private void raise(Tick tick, QueueWatch queue) {
    boolean used = tick.starts() > 0 && tick.peak() >= limit - limit / 3;
    if (!used || !isLowered() || tick.meanWaitNanos() > queue.targetNanos()) {
      return;
    }
    int part = tick.meanWaitNanos() <= queue.targetNanos() / 2 ? 4 : 50;
    limit = (int) Math.min(most(), (long) limit + Math.max(1, limit / part));
  }

  private int most() {
    return settings.enabled() ? settings.max() : Integer.MAX_VALUE;
  }
}
