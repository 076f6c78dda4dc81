package dev.clearspan.benchmarks;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** What is measured: a server and a client, each a {@link Peer} in one of its variants. */
enum Contestant {
  NETTY_PROTO("netty-proto", "Netty and protobuf, nothing else: the limit", Home.NETTY, "", ""),
  CLEARSPAN_LOOP("clearspan-loop", "handler on the loop", Home.CLEARSPAN, "loop", "channel"),
  CLEARSPAN("clearspan", "default dispatch", Home.CLEARSPAN, "default", "channel"),
  CLEARSPAN_POOL(
      "clearspan-pool",
      "default dispatch, callbacks on the channel's pool",
      Home.CLEARSPAN,
      "default",
      "pool"),
  CLEARSPAN_TWO(
      "clearspan-two", "handler on the loop, two connections", Home.CLEARSPAN, "loop", "two"),
  CLEARSPAN_WIRE(
      "clearspan-wire",
      "handler on the loop, client below retries and balancing",
      Home.CLEARSPAN,
      "loop",
      "wire"),
  GRPC_DIRECT("grpc-direct", "directExecutor on both sides", Home.GRPC, "direct", "direct"),
  GRPC("grpc", "grpc-java as it comes", Home.GRPC, "default", "default"),
  GRPC_TO_CLEARSPAN(
      "grpc-to-clearspan",
      "grpc-java's client as it comes, our server as it comes",
      Home.CLEARSPAN,
      "default",
      Home.GRPC,
      "default"),
  CLEARSPAN_H2(
      "clearspan-h2",
      "gRPC over HTTP/2 between our ends, handler on the loop",
      Home.CLEARSPAN,
      "loop",
      "grpc"),
  DUBBO("dubbo", "Dubbo's own protocol, POJO and Hessian", Home.DUBBO, "", ""),
  ARMERIA("armeria", "Armeria's gRPC as it comes", Home.ARMERIA, "", "");

  /** Where a peer's code is: a module of benchmarks/ and a class. */
  enum Home {
    NETTY("", "dev.clearspan.benchmarks.NettyEcho"),
    CLEARSPAN("", "dev.clearspan.benchmarks.ClearspanEcho"),
    TOLD("", "dev.clearspan.benchmarks.ToldEcho"),
    GRPC("", "dev.clearspan.benchmarks.GrpcEcho"),
    TOLD_GRPC("", "dev.clearspan.benchmarks.ToldGrpcEcho"),
    DUBBO("dubbo", "dev.clearspan.benchmarks.dubbo.DubboEcho"),
    ARMERIA("armeria", "dev.clearspan.benchmarks.armeria.ArmeriaEcho");

    /** Folder below benchmarks/; "": benchmarks itself. */
    final String module;

    final String peer;

    Home(String module, String peer) {
      this.module = module;
      this.peer = peer;
    }
  }

  private final String label;
  private final String description;
  final Home server;
  final String serverVariant;
  final Home client;
  final String clientVariant;

  Contestant(
      String label, String description, Home home, String serverVariant, String clientVariant) {
    this(label, description, home, serverVariant, home, clientVariant);
  }

  Contestant(
      String label,
      String description,
      Home server,
      String serverVariant,
      Home client,
      String clientVariant) {
    this.label = label;
    this.description = description;
    this.server = server;
    this.serverVariant = serverVariant;
    this.client = client;
    this.clientVariant = clientVariant;
  }

  String label() {
    return label;
  }

  Duo duo() {
    return new Duo(label, server, serverVariant, client, clientVariant, List.of());
  }

  static Contestant of(String label) {
    return Arrays.stream(values())
        .filter(each -> each.label.equals(label))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "contestant: " + label + " (expected: " + labels() + ")"));
  }

  static String labels() {
    return Arrays.stream(values()).map(Contestant::label).collect(Collectors.joining(","));
  }

  /** A line for each. */
  static String explained() {
    return Arrays.stream(values())
        .map(each -> "  %-18s %s%n".formatted(each.label, each.description))
        .collect(Collectors.joining());
  }
}
