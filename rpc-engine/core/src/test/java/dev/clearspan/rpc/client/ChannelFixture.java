package dev.clearspan.rpc.client;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import dev.clearspan.protocol.ProcessStatus;
import dev.clearspan.protocol.ServicePolicy;
import dev.clearspan.rpc.CallOptions;
import dev.clearspan.rpc.MethodKind;
import dev.clearspan.rpc.MethodSpec;
import dev.clearspan.rpc.RpcChannel;
import dev.clearspan.rpc.RpcException;
import dev.clearspan.rpc.RpcException.CallSite;
import dev.clearspan.rpc.TextCodec;
import dev.clearspan.rpc.control.FakeRegistry;
import dev.clearspan.rpc.internal.transport.FakeTransport;
import dev.clearspan.rpc.internal.transport.FakeTransport.Peer;
import dev.clearspan.rpc.ledger.RecordingLedger;
import dev.clearspan.rpc.time.FakeClock;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;

/** A channel to "payments" on a clock, a network and a registry that tests move by hand. */
abstract class ChannelFixture {
  static final MethodSpec<String, String> GET =
      TextCodec.method("shop.Payments/Get", MethodKind.QUERY, true);
  static final MethodSpec<String, String> CHARGE =
      TextCodec.method("shop.Payments/Charge", MethodKind.WRITE, false);

  final FakeClock clock = new FakeClock();
  final FakeTransport transport = new FakeTransport(clock);
  final FakeRegistry registry = new FakeRegistry("payments", "orders");
  final RecordingLedger ledger = new RecordingLedger();
  private @Nullable RpcChannel channel;

  RpcChannel open() {
    return open(builder -> builder);
  }

  RpcChannel open(UnaryOperator<ChannelBuilder> also) {
    return channel = also.apply(builder().registry(registry)).build();
  }

  ChannelBuilder builder() {
    return RpcChannel.builder("payments")
        .transport(transport)
        .ledger(ledger)
        .executor(Runnable::run)
        .ticker(clock)
        .wallClock(clock)
        .scheduler(clock)
        .random(new Random(11));
  }

  @AfterEach
  void closeChannel() {
    if (channel != null) {
      channel.close();
    }
  }

  RpcChannel channel() {
    return channel == null ? open() : channel;
  }

  String call(MethodSpec<String, String> method) {
    return channel().call(method, "ping", CallOptions.DEFAULT);
  }

  CompletableFuture<String> start(MethodSpec<String, String> method) {
    return channel().callAsync(method, "ping", CallOptions.DEFAULT).toCompletableFuture();
  }

  RpcException failure(MethodSpec<String, String> method) {
    return catchThrowableOfType(RpcException.class, () -> call(method));
  }

  static RpcException failure(CompletableFuture<?> call) {
    return (RpcException)
        call.handle((reply, failure) -> failure).getNow(new AssertionError("not over yet"));
  }

  /** Where the call stood; every failure of a channel says so. */
  static CallSite site(RpcException failure) {
    return Objects.requireNonNull(failure.site(), "site");
  }

  void callTimes(int times, MethodSpec<String, String> method) {
    for (int i = 0; i < times; i++) {
      call(method);
    }
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

  void roundRobin() {
    policy("{\"service\": {\"balancer\": {\"algorithm\": \"SMOOTH_WEIGHTED_ROUND_ROBIN\"}}}");
  }

  Peer peer(int port) {
    return transport.peer(port);
  }

  int received(int port) {
    return peer(port).received().size();
  }

  ProcessStatus status() {
    return registry.status().snapshot();
  }

  double sample(String name) {
    return ledger.samples().stream()
        .filter(sample -> sample.name().equals(name))
        .mapToDouble(dev.clearspan.rpc.ledger.Gauges.Sample::value)
        .sum();
  }
}
