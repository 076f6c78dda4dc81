package dev.clearspan.rpc.endtoend;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.StringValue;
import com.google.protobuf.util.JsonFormat;
import dev.clearspan.protocol.Instance;
import dev.clearspan.protocol.ServicePolicy;
import dev.clearspan.rpc.CallOptions;
import dev.clearspan.rpc.MethodKind;
import dev.clearspan.rpc.MethodSpec;
import dev.clearspan.rpc.ProtobufCodec;
import dev.clearspan.rpc.RpcChannel;
import dev.clearspan.rpc.RpcServer;
import dev.clearspan.rpc.ServiceDefinition;
import dev.clearspan.rpc.ServiceDefinition.BoundMethod;
import dev.clearspan.rpc.ServiceDefinition.UnaryHandler;
import dev.clearspan.rpc.client.ChannelBuilder;
import dev.clearspan.rpc.control.FakeRegistry;
import dev.clearspan.rpc.ledger.RecordingLedger;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.UnaryOperator;

/** Servers of "fleet" on loopback, and a channel of "orders" to them whose policy tests change. */
final class Fleet implements AutoCloseable {
  /** Idempotent. */
  static final MethodSpec<StringValue, StringValue> GET = method("Get", true);

  static final MethodSpec<StringValue, StringValue> PUT = method("Put", false);
  static final CallOptions PATIENT = CallOptions.DEFAULT.withDeadline(Duration.ofSeconds(20));

  final FakeRegistry registry = new FakeRegistry("fleet", "orders");
  final RecordingLedger ledger = new RecordingLedger();
  private final Deque<AutoCloseable> opened = new ArrayDeque<>();

  private static MethodSpec<StringValue, StringValue> method(String name, boolean idempotent) {
    ProtobufCodec<StringValue> codec = ProtobufCodec.of(StringValue.getDefaultInstance());
    return new MethodSpec<>("test.Fleet/" + name, MethodKind.QUERY, idempotent, codec, codec);
  }

  static StringValue text(String value) {
    return StringValue.of(value);
  }

  /** Another server, whose two methods do this. */
  RpcServer serve(UnaryHandler<StringValue, StringValue> handler) {
    return serve("", handler);
  }

  RpcServer serve(String version, UnaryHandler<StringValue, StringValue> handler) {
    RpcServer server =
        RpcServer.builder("fleet")
            .port(0)
            .service(
                () ->
                    new ServiceDefinition(
                        "test.Fleet",
                        List.of(BoundMethod.unary(GET, handler), BoundMethod.unary(PUT, handler)),
                        null))
            .start();
    opened.push(server);
    Instance instance = Servers.instance("fleet", server).toBuilder().setVersion(version).build();
    registry.put(instance);
    return server;
  }

  RpcChannel open() {
    return open(builder -> builder);
  }

  RpcChannel open(UnaryOperator<ChannelBuilder> also) {
    RpcChannel channel =
        also.apply(RpcChannel.builder("fleet").registry(registry).ledger(ledger)).build();
    opened.push(channel);
    return channel;
  }

  void policy(String json) {
    ServicePolicy.Builder document = ServicePolicy.newBuilder();
    try {
      JsonFormat.parser().merge(json, document);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalArgumentException(json, e);
    }
    registry.policy(document.build());
  }

  double sample(String name) {
    return ledger.samples().stream()
        .filter(sample -> sample.name().equals(name))
        .mapToDouble(dev.clearspan.rpc.ledger.Gauges.Sample::value)
        .sum();
  }

  @Override
  public void close() throws Exception {
    while (!opened.isEmpty()) {
      opened.pop().close();
    }
  }
}
