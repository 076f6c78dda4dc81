package dev.clearspan.console.intake;

import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import java.util.List;

/** Where metrics go. Thread-safe: called by every request thread. */
@FunctionalInterface
public interface MetricSink {
  /** Applies the points at once and says how many there were and how many could not be used. */
  Outcome accept(List<ResourceMetrics> metrics);

  /** This sink, then another; what both say of the points is added up. */
  default MetricSink and(MetricSink other) {
    return metrics -> accept(metrics).plus(other.accept(metrics));
  }

  /**
   * What became of the points of one request.
   *
   * @param points data points in the request
   * @param rejected of those, points that are malformed or beyond the sink's limits; metrics that
   *     nobody asked for are ignored, not rejected
   * @param reason why points were rejected, empty when none was
   */
  record Outcome(int points, int rejected, String reason) {
    Outcome plus(Outcome other) {
      return new Outcome(
          points + other.points,
          rejected + other.rejected,
          reason.isEmpty() ? other.reason : reason);
    }
  }
}
