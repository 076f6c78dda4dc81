package dev.clearspan.benchmarks;

import static dev.clearspan.benchmarks.Contestant.ARMERIA;
import static dev.clearspan.benchmarks.Contestant.CLEARSPAN;
import static dev.clearspan.benchmarks.Contestant.CLEARSPAN_H2;
import static dev.clearspan.benchmarks.Contestant.CLEARSPAN_LOOP;
import static dev.clearspan.benchmarks.Contestant.CLEARSPAN_POOL;
import static dev.clearspan.benchmarks.Contestant.CLEARSPAN_TWO;
import static dev.clearspan.benchmarks.Contestant.CLEARSPAN_WIRE;
import static dev.clearspan.benchmarks.Contestant.DUBBO;
import static dev.clearspan.benchmarks.Contestant.GRPC;
import static dev.clearspan.benchmarks.Contestant.GRPC_DIRECT;
import static dev.clearspan.benchmarks.Contestant.GRPC_TO_CLEARSPAN;
import static dev.clearspan.benchmarks.Contestant.NETTY_PROTO;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** A way of calling, and who takes part; the others are compared with the first. */
enum Shape {
  LOOP_32(
      "loop-32",
      "async client, handler on the loop, 32 in flight",
      Load.async(32),
      NETTY_PROTO,
      CLEARSPAN_LOOP,
      CLEARSPAN_WIRE,
      GRPC_DIRECT),
  LOOP_256(
      "loop-256",
      "async client, handler on the loop, 256 in flight",
      Load.async(256),
      NETTY_PROTO,
      CLEARSPAN_LOOP,
      CLEARSPAN_TWO,
      CLEARSPAN_WIRE,
      GRPC_DIRECT),
  DEFAULT_256(
      "default-256",
      "async client, default handler, 256 in flight",
      Load.async(256),
      NETTY_PROTO,
      CLEARSPAN,
      CLEARSPAN_POOL,
      GRPC,
      DUBBO,
      ARMERIA),
  BLOCKED_256(
      "blocked-256",
      "the same, every 1000th handler blocks 10 ms",
      Load.async(256).withPauseEvery(1000),
      CLEARSPAN,
      GRPC),
  ASYNC_64("async-64", "async client, default handler, 64 in flight", Load.async(64), CLEARSPAN),
  CALLERS_64(
      "callers-64",
      "64 blocking callers (virtual threads on 21+), default handler",
      Load.blocking(64),
      CLEARSPAN,
      GRPC,
      DUBBO,
      ARMERIA),
  ONE(
      "one",
      "one call at a time",
      Load.async(1),
      NETTY_PROTO,
      CLEARSPAN_LOOP,
      CLEARSPAN,
      GRPC_DIRECT,
      GRPC),
  LARGE_32(
      "large-32",
      "async client, payload of 64 KiB, 32 in flight",
      Load.async(32).withPayload(64 * 1024),
      NETTY_PROTO,
      CLEARSPAN_LOOP,
      CLEARSPAN,
      GRPC_DIRECT),
  GRPC_256(
      "grpc-256",
      "gRPC over HTTP/2, async client, 256 in flight",
      Load.async(256),
      GRPC,
      GRPC_TO_CLEARSPAN,
      GRPC_DIRECT,
      CLEARSPAN_H2);

  private final String label;
  final String description;
  final Load load;
  final List<Contestant> contestants;

  Shape(String label, String description, Load load, Contestant... contestants) {
    this.label = label;
    this.description = description;
    this.load = load;
    this.contestants = List.of(contestants);
  }

  String label() {
    return label;
  }

  static Shape of(String label) {
    return Arrays.stream(values())
        .filter(each -> each.label.equals(label))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException("shape: " + label + " (expected: " + labels() + ")"));
  }

  static String labels() {
    return Arrays.stream(values()).map(Shape::label).collect(Collectors.joining(","));
  }

  /** A line for each. */
  static String explained() {
    return Arrays.stream(values())
        .map(each -> "  %-18s %s%n".formatted(each.label, each.description))
        .collect(Collectors.joining());
  }
}
