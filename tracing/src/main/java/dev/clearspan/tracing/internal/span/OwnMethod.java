package dev.clearspan.tracing.internal.span;

import dev.clearspan.tracing.internal.metric.ServedSeries;
import org.jspecify.annotations.Nullable;

/** A method that this process serves, with what is known of it before any call. */
final class OwnMethod {
  final int number;
  final String method;
  volatile MethodRule rule;

  /** Looked up when it is first served; racing threads find the same. */
  @Nullable ServedSeries series;

  OwnMethod(int number, String method, MethodRule rule) {
    this.number = number;
    this.method = method;
    this.rule = rule;
  }
}
