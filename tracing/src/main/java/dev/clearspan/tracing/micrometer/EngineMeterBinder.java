package dev.clearspan.tracing.micrometer;

import dev.clearspan.tracing.internal.metric.ProcessMetrics;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.opentelemetry.sdk.metrics.data.MetricData;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Shows the engine's metrics in Micrometer: durations as function timers (count and sum), counters
 * as function counters, states as gauges, message sizes as two function counters ({@code .count}
 * and {@code .sum}). Names and tags are those of docs/telemetry.md, with {@code service.name} for
 * the ledger; a tag that a series does not have is {@code none}. Buckets do not fit Micrometer's
 * model: they are on {@code /metrics} and in OTLP.
 *
 * <p>Series come into being while the process runs, so the registry is brought up to date on a
 * thread of the binder's own, until it is closed. Thread-safe.
 */
public final class EngineMeterBinder implements MeterBinder, AutoCloseable {
  private static final Duration DEFAULT_INTERVAL = Duration.ofSeconds(5);

  private final Duration interval;
  private final List<BoundMeters> bound = new CopyOnWriteArrayList<>();
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "clearspan-micrometer");
            thread.setDaemon(true);
            return thread;
          });

  /** Meters are brought up to date every 5 seconds. */
  public EngineMeterBinder() {
    this(DEFAULT_INTERVAL);
  }

  /** Meters are brought up to date this often. */
  public EngineMeterBinder(Duration interval) {
    this.interval = interval;
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    BoundMeters meters = new BoundMeters(registry);
    bound.add(meters);
    Supplier<List<MetricData>> reading =
        () ->
            ProcessMetrics.all().stream()
                .flatMap(each -> each.totals(each.resource()).stream())
                .toList();
    meters.update(reading.get());
    var unused =
        timer.scheduleWithFixedDelay(
            () -> meters.update(reading.get()),
            interval.toNanos(),
            interval.toNanos(),
            TimeUnit.NANOSECONDS);
  }

  /** Takes the meters out of their registries. */
  @Override
  public void close() {
    timer.shutdownNow();
    bound.forEach(BoundMeters::remove);
  }
}
