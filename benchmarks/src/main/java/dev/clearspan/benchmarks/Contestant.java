package dev.clearspan.benchmarks;

import java.util.Arrays;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** What is measured. The first is what the others are divided by. */
enum Contestant {
  NETTY_PROTO("netty-proto", NettyEcho::serve, NettyEcho::connect),
  CLEARSPAN_LOOP(
      "clearspan-loop", () -> ClearspanEcho.serve(true), port -> ClearspanEcho.connect(port)),
  CLEARSPAN("clearspan", () -> ClearspanEcho.serve(false), port -> ClearspanEcho.connect(port)),
  GRPC_DIRECT("grpc-direct", () -> GrpcEcho.serve(true), port -> GrpcEcho.connect(port, true)),
  GRPC("grpc", () -> GrpcEcho.serve(false), port -> GrpcEcho.connect(port, false));

  private final String label;
  private final Supplier<Echo.Server> server;
  private final IntFunction<Echo.Client> client;

  Contestant(String label, Supplier<Echo.Server> server, IntFunction<Echo.Client> client) {
    this.label = label;
    this.server = server;
    this.client = client;
  }

  String label() {
    return label;
  }

  Echo.Server serve() {
    return server.get();
  }

  Echo.Client connect(int port) {
    return client.apply(port);
  }

  static Contestant of(String label) {
    for (Contestant each : values()) {
      if (each.label.equals(label)) {
        return each;
      }
    }
    throw new IllegalArgumentException("contestant: " + label + " (expected: " + labels() + ")");
  }

  static String labels() {
    return Arrays.stream(values()).map(Contestant::label).collect(Collectors.joining(","));
  }
}
