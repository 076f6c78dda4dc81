package dev.clearspan.tracing.internal.span;

/** A method that this process serves, with what is known of it before any call. */
final class OwnMethod {
  final int number;
  final String method;
  volatile MethodRule rule;

  OwnMethod(int number, String method, MethodRule rule) {
    this.number = number;
    this.method = method;
    this.rule = rule;
  }
}
