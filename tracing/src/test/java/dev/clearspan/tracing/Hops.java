package dev.clearspan.tracing;

import com.google.protobuf.StringValue;
import dev.clearspan.rpc.CallOptions;
import dev.clearspan.rpc.MethodKind;
import dev.clearspan.rpc.MethodSpec;
import dev.clearspan.rpc.ProtobufCodec;
import dev.clearspan.rpc.Protocol;
import dev.clearspan.rpc.RpcChannel;
import dev.clearspan.rpc.RpcServer;
import dev.clearspan.rpc.ServiceDefinition;
import dev.clearspan.rpc.ServiceDefinition.BoundMethod;
import dev.clearspan.rpc.ServiceDefinition.UnaryHandler;
import dev.clearspan.tracing.testing.CollectorFixture;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Services with one method each, every one with a ledger of its own as if it were a process, and
 * real connections between them. Texts go in and out.
 */
final class Hops implements AutoCloseable {
  private static final CallOptions PATIENT =
      CallOptions.DEFAULT.withDeadline(Duration.ofSeconds(30));

  private final CollectorFixture collector;
  private final Protocol protocol;
  private final String headRate;
  private final List<TracingLedger> ledgers = new ArrayList<>();
  private final Deque<AutoCloseable> open = new ArrayDeque<>();

  /**
   * No service yet.
   *
   * @param headRate share of traces chosen at their root
   */
  Hops(CollectorFixture collector, Protocol protocol, String headRate) {
    this.collector = collector;
    this.protocol = protocol;
    this.headRate = headRate;
  }

  /** Calls of at most 30 s. */
  static CallOptions patient() {
    return PATIENT;
  }

  static MethodSpec<StringValue, StringValue> method(String service) {
    ProtobufCodec<StringValue> codec = ProtobufCodec.of(StringValue.getDefaultInstance());
    return new MethodSpec<>("shop/" + service, MethodKind.QUERY, false, codec, codec);
  }

  static StringValue text(String value) {
    return StringValue.of(value);
  }

  /** What a service records with. */
  TracingLedger ledger(String service) {
    TracingLedger ledger =
        Shop.ledger(
            collector,
            service,
            "CLEARSPAN_TRACE_SAMPLE_RATE",
            headRate,
            "OTEL_METRICS_EXPORTER",
            "none");
    ledgers.add(ledger);
    return ledger;
  }

  /** All that were made so far. */
  List<TracingLedger> ledgers() {
    return List.copyOf(ledgers);
  }

  RpcServer serve(
      String service, TracingLedger ledger, UnaryHandler<StringValue, StringValue> handler) {
    return serve(service, ledger, BoundMethod.unary(method(service), handler));
  }

  RpcServer serve(
      String service, TracingLedger ledger, BoundMethod<StringValue, StringValue> method) {
    RpcServer server =
        RpcServer.builder(service)
            .port(0)
            .ledger(ledger)
            .service(() -> new ServiceDefinition("shop", List.of(method), null))
            .start();
    open.addFirst(server);
    return server;
  }

  /** A channel to the server for who records with this ledger. */
  RpcChannel channel(String service, RpcServer server, TracingLedger ledger) {
    RpcChannel channel =
        RpcChannel.builder(service)
            .target("127.0.0.1", server.port())
            .protocol(protocol)
            .ledger(ledger)
            .build();
    open.addFirst(channel);
    return channel;
  }

  @Override
  public void close() throws Exception {
    for (AutoCloseable each : open) {
      each.close();
    }
  }
}
