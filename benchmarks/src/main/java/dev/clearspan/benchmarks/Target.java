package dev.clearspan.benchmarks;

import static dev.clearspan.benchmarks.Contestant.CLEARSPAN;
import static dev.clearspan.benchmarks.Contestant.CLEARSPAN_H2;
import static dev.clearspan.benchmarks.Contestant.CLEARSPAN_LOOP;
import static dev.clearspan.benchmarks.Contestant.GRPC;
import static dev.clearspan.benchmarks.Contestant.GRPC_DIRECT;
import static dev.clearspan.benchmarks.Contestant.GRPC_TO_CLEARSPAN;
import static dev.clearspan.benchmarks.Contestant.NETTY_PROTO;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What we want of a figure: its ratio or difference to another of the same sample, or itself.
 *
 * @param limit on JDK 17 to 20
 * @param limitVirtual on 21 and later, where handlers and callers have virtual threads
 */
record Target(
    Metric metric,
    Shape shape,
    Contestant contestant,
    Form form,
    Shape otherShape,
    Contestant other,
    boolean atLeast,
    double limit,
    double limitVirtual) {

  /** What is done with the two figures. */
  enum Form {
    RATIO,
    DIFFERENCE,
    ITSELF
  }

  static final List<Target> ALL =
      List.of(
          ratio(Metric.CALLS, Shape.LOOP_32, CLEARSPAN_LOOP, NETTY_PROTO).atLeast(0.7, 0.7),
          ratio(Metric.CPU, Shape.LOOP_32, CLEARSPAN_LOOP, NETTY_PROTO).atMost(1.5),
          ratio(Metric.CALLS, Shape.LOOP_256, CLEARSPAN_LOOP, NETTY_PROTO).atLeast(0.7, 0.7),
          ratio(Metric.CPU, Shape.LOOP_256, CLEARSPAN_LOOP, NETTY_PROTO).atMost(1.5),
          ratio(Metric.CALLS, Shape.DEFAULT_256, CLEARSPAN, GRPC).atLeast(10, 5),
          ratio(Metric.CALLS, Shape.DEFAULT_256, CLEARSPAN, NETTY_PROTO).atLeast(0.65, 0.65),
          itself(Metric.SWITCHES, Shape.DEFAULT_256, CLEARSPAN).atMost(0.5),
          between(Metric.CALLS, Shape.BLOCKED_256, Shape.DEFAULT_256).atLeast(0.8, 0.8),
          between(Metric.P99, Shape.BLOCKED_256, Shape.DEFAULT_256).atMost(2.5),
          ratio(Metric.CALLS, Shape.CALLERS_64, CLEARSPAN, GRPC).atLeast(3, 3),
          between(Metric.CALLS, Shape.CALLERS_64, Shape.ASYNC_64).atLeast(0.4, 0.6),
          ratio(Metric.P50, Shape.ONE, CLEARSPAN_LOOP, NETTY_PROTO).atMost(1.25),
          ratio(Metric.P50, Shape.ONE, CLEARSPAN, GRPC).atMost(0.6),
          ratio(Metric.CPU, Shape.LARGE_32, CLEARSPAN_LOOP, NETTY_PROTO).atMost(1.2),
          ratio(Metric.CALLS, Shape.GRPC_256, GRPC_TO_CLEARSPAN, GRPC).atLeast(1.2, 1.2),
          ratio(Metric.CALLS, Shape.GRPC_256, CLEARSPAN_H2, GRPC_DIRECT).atLeast(1, 1),
          difference(Metric.KILOBYTES, Shape.LOOP_256, CLEARSPAN_LOOP).atMost(1.5),
          difference(Metric.KILOBYTES, Shape.DEFAULT_256, CLEARSPAN).atMost(1.5));

  /** The figure in this run, or null if it was not measured. */
  @Nullable Spread seen(Results results) {
    return switch (form) {
      case RATIO ->
          results.together(metric, shape, contestant, otherShape, other, (own, base) -> own / base);
      case DIFFERENCE ->
          results.together(metric, shape, contestant, otherShape, other, (own, base) -> own - base);
      case ITSELF -> results.spread(shape, contestant, metric);
    };
  }

  double limitOn(Jdk jdk) {
    return jdk.feature() >= 21 ? limitVirtual : limit;
  }

  boolean isMet(Spread seen, Jdk jdk) {
    return atLeast ? seen.median() >= limitOn(jdk) : seen.median() <= limitOn(jdk);
  }

  /** "loop-256 calls/s: clearspan-loop / netty-proto >= 0.7". */
  String text(Jdk jdk) {
    String what =
        switch (form) {
          case RATIO -> subject() + " / " + reference();
          case DIFFERENCE -> subject() + " - " + reference();
          case ITSELF -> subject();
        };
    return "%s %s: %s %s %s"
        .formatted(shape.label(), metric.label, what, atLeast ? ">=" : "<=", plain(limitOn(jdk)));
  }

  private String subject() {
    return contestant.label();
  }

  private String reference() {
    return otherShape == shape ? other.label() : otherShape.label();
  }

  private static String plain(double limit) {
    return limit == Math.rint(limit) ? Long.toString((long) limit) : Double.toString(limit);
  }

  private Target atLeast(double value, double valueVirtual) {
    return new Target(
        metric, shape, contestant, form, otherShape, other, true, value, valueVirtual);
  }

  private Target atMost(double value) {
    return new Target(metric, shape, contestant, form, otherShape, other, false, value, value);
  }

  private static Target ratio(Metric metric, Shape shape, Contestant own, Contestant base) {
    return new Target(metric, shape, own, Form.RATIO, shape, base, true, 0, 0);
  }

  private static Target difference(Metric metric, Shape shape, Contestant own) {
    return new Target(metric, shape, own, Form.DIFFERENCE, shape, NETTY_PROTO, true, 0, 0);
  }

  private static Target itself(Metric metric, Shape shape, Contestant own) {
    return new Target(metric, shape, own, Form.ITSELF, shape, own, true, 0, 0);
  }

  private static Target between(Metric metric, Shape shape, Shape base) {
    return new Target(metric, shape, CLEARSPAN, Form.RATIO, base, CLEARSPAN, true, 0, 0);
  }
}
