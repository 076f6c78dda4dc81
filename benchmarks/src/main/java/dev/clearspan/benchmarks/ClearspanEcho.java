package dev.clearspan.benchmarks;

import dev.clearspan.benchmarks.proto.Ball;
import dev.clearspan.rpc.Deadline;
import dev.clearspan.rpc.Metadata;
import dev.clearspan.rpc.MethodKind;
import dev.clearspan.rpc.MethodSpec;
import dev.clearspan.rpc.ProcessIdentity;
import dev.clearspan.rpc.ProtobufCodec;
import dev.clearspan.rpc.RpcServer;
import dev.clearspan.rpc.RpcServerBuilder;
import dev.clearspan.rpc.ServiceDefinition;
import dev.clearspan.rpc.ServiceDefinition.BoundMethod;
import dev.clearspan.rpc.internal.netty.NettyClientTransport;
import dev.clearspan.rpc.internal.transport.AttemptRequest;
import dev.clearspan.rpc.internal.transport.AttemptResult;
import dev.clearspan.rpc.internal.transport.EndpointAddress;
import dev.clearspan.rpc.internal.transport.EndpointConnection;
import dev.clearspan.rpc.ledger.AttemptKind;
import dev.clearspan.rpc.ledger.CallLedger;
import dev.clearspan.rpc.ledger.PlainLedger;
import java.time.Duration;
import java.util.List;

/** Clearspan frames without telemetry. */
final class ClearspanEcho {
  private static final ProtobufCodec<Ball> CODEC = ProtobufCodec.of(Ball.getDefaultInstance());
  static final MethodSpec<Ball, Ball> METHOD =
      new MethodSpec<>("bench.Echo/Echo", MethodKind.QUERY, true, CODEC, CODEC);

  private ClearspanEcho() {}

  static Echo.Server serve(boolean onLoop) {
    RpcServerBuilder builder =
        RpcServer.builder("echo")
            .ledger(new PlainLedger())
            .service(
                () ->
                    new ServiceDefinition(
                        "bench.Echo", List.of(BoundMethod.unary(METHOD, ball -> ball)), null));
    if (onLoop) {
      builder.runOnLoop("bench.Echo");
    }
    RpcServer server = builder.start();
    return new Echo.Server() {
      @Override
      public int port() {
        return server.port();
      }

      @Override
      public void close() {
        server.close();
      }
    };
  }

  /** A single connection, below retries and balancing. */
  static Echo.Client connect(int port) {
    NettyClientTransport transport = NettyClientTransport.create();
    EndpointConnection connection =
        transport.open(
            new EndpointAddress("echo", "", "", "127.0.0.1", port),
            ProcessIdentity.of("bench"),
            (state, cause) -> {});
    return new Calling(transport, connection, new PlainLedger());
  }

  private record Calling(
      NettyClientTransport transport, EndpointConnection connection, CallLedger ledger)
      implements Echo.Client {
    private static final Duration DEADLINE = Duration.ofSeconds(30);

    @Override
    public void send(Ball ball, Echo.Catcher catcher) {
      EndpointConnection.SentAttempt unused =
          connection.send(
              new AttemptRequest<>(
                  METHOD,
                  ball,
                  Metadata.EMPTY,
                  Deadline.after(DEADLINE, System.nanoTime()),
                  1,
                  ledger
                      .beginCall(METHOD, "echo")
                      .beginAttempt(1, AttemptKind.FIRST)
                      .wireContext()),
              result -> hand(result, catcher));
    }

    @Override
    public void close() {
      transport.close();
    }

    private static void hand(AttemptResult<Ball> result, Echo.Catcher catcher) {
      if (result instanceof AttemptResult.Replied<Ball> reply && reply.message() != null) {
        catcher.caught(reply.message());
      } else {
        catcher.failed(new IllegalStateException(result.toString()));
      }
    }
  }
}
