package dev.clearspan.rpc.outlier;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Judges the instances of a service by what was counted since the last time, each against the
 * others. The idea is Envoy's outlier detection; there it compares with the mean and its deviation,
 * here with the median, which a few bad instances don't move.
 *
 * <ul>
 *   <li>By errors: its rate is above {@code errorFactor} times the others' and above 5%, and not by
 *       chance: the lower end of Wilson's interval at 95% is above both.
 *   <li>By latency: its median is above {@code latencyFactor} times the others', and at least a
 *       millisecond more.
 *   <li>The worst first, and only as many as {@code maxLeftOut} has room for beside those that are
 *       out already: outliers alone never cause panic.
 *   <li>Each ejection lasts one {@code ejection} longer than the last, up to {@code maxEjection};
 *       each interval in which an instance does well takes one back.
 * </ul>
 *
 * Without threads or clocks of its own; judges one set of instances at a time.
 */
public final class OutlierJudge {
  private static final double LEAST_RATE = 0.05;
  private static final double LEAST_EXCESS_NANOS = 1_000_000;

  /** Of the normal distribution: 95% lie within so many deviations. */
  private static final double Z = 1.96;

  private final OutlierSettings settings;

  /** An instance that had enough calls. */
  private record Review(WatchedInstance instance, Tally.Sum sum) {}

  /** What is wrong with an instance; {@code badness} 1 is just too much. */
  private record Finding(
      WatchedInstance instance, OutlierCause cause, double badness, String detail) {}

  public OutlierJudge(OutlierSettings settings) {
    this.settings = settings;
  }

  /**
   * Judges those in use.
   *
   * @param nowNanos on the channel's ticker
   */
  public List<OutlierChange> judge(WatchedInstances instances, long nowNanos) {
    List<Review> reviews = reviews(instances);
    List<OutlierChange> changes = new ArrayList<>(instances.comeBack(nowNanos));
    int room = settings.room(instances.count()) - instances.leftOut();
    for (Finding worst : findings(reviews)) {
      if (room-- > 0) {
        changes.add(
            instances.eject(worst.instance(), settings, worst.cause(), worst.detail(), nowNanos));
      }
    }
    return changes;
  }

  /** What is counted while an instance is out, or not in use, is forgotten. */
  private List<Review> reviews(WatchedInstances instances) {
    List<Review> reviews = new ArrayList<>();
    for (WatchedInstance instance : instances.takeCalled()) {
      Tally.Sum sum = instance.tally().drain();
      if (instance.isInUse()
          && instance.ejection() == null
          && sum.calls() >= settings.minimumCalls()) {
        reviews.add(new Review(instance, sum));
      }
    }
    return reviews;
  }

  /** Those that do worse than the others, the worst first; the others did well. */
  private List<Finding> findings(List<Review> reviews) {
    if (reviews.isEmpty()) {
      return List.of();
    }
    Ranking rates =
        new Ranking(reviews.stream().mapToDouble(review -> review.sum().errorRate()).toArray());
    Ranking medians =
        new Ranking(
            reviews.stream()
                .filter(this::isTimed)
                .mapToDouble(review -> review.sum().medianNanos())
                .toArray());
    List<Finding> findings = new ArrayList<>();
    for (Review review : reviews) {
      Finding byErrors = rates.hasOthers() ? errors(review, rates) : null;
      Finding finding =
          byErrors == null && medians.hasOthers() && isTimed(review)
              ? latency(review, medians)
              : byErrors;
      if (finding == null) {
        review.instance().didWell();
      } else {
        findings.add(finding);
      }
    }
    findings.sort(Comparator.comparingDouble(Finding::badness).reversed());
    return findings;
  }

  private boolean isTimed(Review review) {
    return review.sum().timed() >= settings.minimumCalls();
  }

  private @Nullable Finding errors(Review review, Ranking rates) {
    Tally.Sum sum = review.sum();
    double usual = rates.usualWithout(sum.errorRate());
    double bound = Math.max(LEAST_RATE, settings.errorFactor() * usual);
    double badness = atLeast(sum.failures(), sum.calls()) / bound;
    if (badness <= 1) {
      return null;
    }
    String detail =
        String.format(
            Locale.ROOT,
            "%d of %d calls failed, %.1f%% is usual among the others",
            sum.failures(),
            sum.calls(),
            usual * 100);
    return new Finding(review.instance(), OutlierCause.ERROR_RATE, badness, detail);
  }

  private @Nullable Finding latency(Review review, Ranking medians) {
    double own = review.sum().medianNanos();
    double usual = medians.usualWithout(own);
    double badness = own / Math.max(settings.latencyFactor() * usual, usual + LEAST_EXCESS_NANOS);
    if (badness <= 1) {
      return null;
    }
    String detail =
        String.format(
            Locale.ROOT,
            "its median is about %.1f ms, %.1f ms is usual among the others",
            own / 1e6,
            usual / 1e6);
    return new Finding(review.instance(), OutlierCause.LATENCY, badness, detail);
  }

  /** What the rate is at least, at 95% confidence (Wilson, 1927). */
  private static double atLeast(int failures, int calls) {
    double rate = (double) failures / calls;
    double centre = rate + Z * Z / (2.0 * calls);
    double spread = Z * Math.sqrt((rate * (1 - rate) + Z * Z / (4.0 * calls)) / calls);
    return (centre - spread) / (1 + Z * Z / calls);
  }
}
