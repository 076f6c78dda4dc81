package dev.clearspan.console.metric;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One series being put together; NaN where Prometheus said nothing. For one thread. */
record PromLine(double[] calls, double[] errors, double[] p50, double[] p90, double[] p99) {

  /** What one series of an answer tells; its name is in {@link PromQuery#PART}. */
  record Part(String name, double share, Function<PromLine, double[]> values) {}

  static final List<Part> QUANTILES =
      List.of(
          new Part("p50", 0.5, PromLine::p50),
          new Part("p90", 0.9, PromLine::p90),
          new Part("p99", 0.99, PromLine::p99));

  PromLine(int steps) {
    this(nothing(steps), nothing(steps), nothing(steps), nothing(steps), nothing(steps));
  }

  private static double[] nothing(int steps) {
    double[] values = new double[steps];
    Arrays.fill(values, Double.NaN);
    return values;
  }

  /** Takes the samples of a part; those of no step, and what is no number, are left out. */
  void take(String part, JsonNode samples, PromSteps steps) {
    double[] values = values(part);
    for (JsonNode sample : samples) {
      int step = steps.endingAt(sample.path(0).asDouble(Double.NaN));
      double value = number(sample.path(1).asText());
      if (step >= 0 && Double.isFinite(value) && value >= 0) {
        values[step] = value;
      }
    }
  }

  /** Calls in all. */
  double total() {
    return Arrays.stream(calls).filter(Double::isFinite).sum();
  }

  List<RedPoint> points(PromSteps steps) {
    List<RedPoint> points = new ArrayList<>(steps.count());
    for (int step = 0; step < steps.count(); step++) {
      points.add(point(steps, step));
    }
    return points;
  }

  private double[] values(String part) {
    return switch (part) {
      case "calls" -> calls;
      case "errors" -> errors;
      default ->
          QUANTILES.stream()
              .filter(quantile -> quantile.name().equals(part))
              .findFirst()
              .map(quantile -> quantile.values().apply(this))
              .orElseGet(() -> nothing(calls.length));
    };
  }

  private RedPoint point(PromSteps steps, int step) {
    double counted = Double.isNaN(calls[step]) ? 0 : calls[step];
    double failed = Double.isNaN(errors[step]) ? 0 : Math.min(errors[step], counted);
    return new RedPoint(
        steps.at(step),
        Math.round(counted),
        Math.round(failed),
        counted / steps.seconds(),
        counted == 0 ? 0 : failed / counted,
        millis(counted, p50[step]),
        millis(counted, p90[step]),
        millis(counted, p99[step]));
  }

  private static @Nullable Double millis(double counted, double seconds) {
    return counted == 0 || Double.isNaN(seconds) ? null : seconds * 1_000;
  }

  private static double number(String text) {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      // "+Inf" is none to Java, and to a chart.
      return Double.NaN;
    }
  }
}
