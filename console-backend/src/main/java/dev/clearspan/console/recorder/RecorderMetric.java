package dev.clearspan.console.recorder;

import java.util.Optional;

/** What processes report of their recorders; docs/telemetry.md lists the attributes. */
enum RecorderMetric {
  PRODUCED("clearspan.recorder.produced"),
  KEPT("clearspan.recorder.kept"),
  EXPORTED("clearspan.telemetry.exported"),
  LOST("clearspan.recorder.lost"),
  SHED("clearspan.recorder.shed"),
  HORIZON("clearspan.recorder.horizon");

  /** Of {@link #KEPT}: why. */
  static final String REASON = "reason";

  /** Of {@link #LOST}: where. */
  static final String STAGE = "stage";

  /** Of {@link #EXPORTED}: what was; only spans come from recorders. */
  static final String SIGNAL = "signal";

  static final String SPANS = "spans";

  /** Of {@link #SHED}: traces whose hash is below it are kept. */
  static final String THRESHOLD = "clearspan.recorder.threshold";

  private final String metricName;

  RecorderMetric(String metricName) {
    this.metricName = metricName;
  }

  static Optional<RecorderMetric> named(String name) {
    for (RecorderMetric metric : values()) {
      if (metric.metricName.equals(name)) {
        return Optional.of(metric);
      }
    }
    return Optional.empty();
  }
}
