package dev.clearspan.tracing.internal.span;

import dev.clearspan.tracing.internal.metric.ClientSeries;
import org.jspecify.annotations.Nullable;

/** A method of a service as it is called from here, with what is known of it before any call. */
final class CalledMethod {
  final int number;
  final String method;
  final String service;
  volatile MethodRule rule;

  /** Looked up when it is first called; racing threads find the same. */
  @Nullable ClientSeries series;

  CalledMethod(int number, String method, String service, MethodRule rule) {
    this.number = number;
    this.method = method;
    this.service = service;
    this.rule = rule;
  }
}
