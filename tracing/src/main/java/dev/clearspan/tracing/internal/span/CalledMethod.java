package dev.clearspan.tracing.internal.span;

/** A method of a service as it is called from here, with what is known of it before any call. */
final class CalledMethod {
  final int number;
  final String method;
  final String service;
  volatile MethodRule rule;

  CalledMethod(int number, String method, String service, MethodRule rule) {
    this.number = number;
    this.method = method;
    this.service = service;
    this.rule = rule;
  }
}
