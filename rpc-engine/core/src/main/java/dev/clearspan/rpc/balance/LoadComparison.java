package dev.clearspan.rpc.balance;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * What share of the calls endpoints should take by the load that they report. Each is compared with
 * the median of all in processor share, calls in flight for its weight, and time of its handlers;
 * the mean of the three is its load, one through it its factor. One whose memory is nearly full
 * gets less in proportion to what it has left, whatever the others have.
 *
 * <p>The median, because one that lies or is broken must not move the others; and each figure has a
 * floor below which differences mean nothing.
 */
public final class LoadComparison {
  /** A processor share below this is idle. */
  private static final double IDLE_CPU = 0.05;

  /** Handlers faster than this are fast. */
  private static final double FAST_NANOS = 100_000;

  /** Memory in use from which on it gets scarce. */
  private static final double SCARCE = 0.8;

  private LoadComparison() {}

  /**
   * The factors, by position.
   *
   * @param reports what each said last; null: nothing, or too long ago
   * @param weights what each should take without regard to load
   */
  public static double[] factors(
      AdaptiveSettings settings, List<@Nullable LoadReport> reports, double[] weights) {
    double[] cpu = relative(reports, report -> Math.max(IDLE_CPU, report.cpu()));
    double[] inFlight = relative(inFlightFor(reports, weights));
    double[] time = relative(reports, report -> Math.max(FAST_NANOS, report.handlerNanos()));
    double[] factors = new double[weights.length];
    for (int i = 0; i < factors.length; i++) {
      LoadReport report = reports.get(i);
      double factor = report == null ? 1 : room(report) / mean(cpu[i], inFlight[i], time[i]);
      factors[i] = Math.max(settings.lowest(), Math.min(settings.highest(), factor));
    }
    return factors;
  }

  private static double room(LoadReport report) {
    return report.memory() > SCARCE ? (1 - report.memory()) / (1 - SCARCE) : 1;
  }

  private static double[] relative(
      List<@Nullable LoadReport> reports, ToDoubleFunction<LoadReport> figure) {
    return relative(
        reports.stream()
            .mapToDouble(report -> report == null ? Double.NaN : figure.applyAsDouble(report))
            .toArray());
  }

  /** One more than there are, so that an idle one is no infinity better than one with a call. */
  private static double[] inFlightFor(List<@Nullable LoadReport> reports, double[] weights) {
    double[] shares = Balancer.normalized(weights);
    double[] calls = new double[shares.length];
    for (int i = 0; i < calls.length; i++) {
      LoadReport report = reports.get(i);
      calls[i] =
          report == null || shares[i] == 0 ? Double.NaN : (report.inFlight() + 1.0) / shares[i];
    }
    return calls;
  }

  /** Each by the median; NaN is not known. */
  private static double[] relative(double[] figures) {
    double[] known = Arrays.stream(figures).filter(each -> !Double.isNaN(each)).sorted().toArray();
    double median =
        known.length == 0 ? 1 : (known[(known.length - 1) / 2] + known[known.length / 2]) / 2;
    return Arrays.stream(figures).map(each -> each / median).toArray();
  }

  private static double mean(double... relatives) {
    return Arrays.stream(relatives).filter(each -> !Double.isNaN(each)).average().orElse(1);
  }

  /** What was said lately enough to count. */
  public static @Nullable LoadReport fresh(
      @Nullable LoadReport report, AdaptiveSettings settings, long nowNanos) {
    boolean counts = report != null && report.ageNanos(nowNanos) <= settings.expiry().toNanos();
    return counts ? Objects.requireNonNull(report) : null;
  }
}
