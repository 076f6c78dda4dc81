package dev.clearspan.benchmarks;

import dev.clearspan.benchmarks.proto.Ball;
import dev.clearspan.rpc.CallOptions;
import dev.clearspan.rpc.Deadline;
import dev.clearspan.rpc.Limit;
import dev.clearspan.rpc.Metadata;
import dev.clearspan.rpc.MethodKind;
import dev.clearspan.rpc.MethodSpec;
import dev.clearspan.rpc.ProcessIdentity;
import dev.clearspan.rpc.ProtobufCodec;
import dev.clearspan.rpc.Protocol;
import dev.clearspan.rpc.RpcChannel;
import dev.clearspan.rpc.RpcServer;
import dev.clearspan.rpc.RpcServerBuilder;
import dev.clearspan.rpc.ServiceDefinition;
import dev.clearspan.rpc.ServiceDefinition.BoundMethod;
import dev.clearspan.rpc.client.ChannelBuilder;
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

/**
 * Clearspan without telemetry. Servers: handlers on the "loop", or by "default" dispatch. Clients:
 * a "channel" whose callbacks run on the loop; the same in "grpc"; one whose callbacks run on its
 * "pool", as it comes; a single connection below the channel, called "wire".
 */
public final class ClearspanEcho implements Peer {
  private static final Duration DEADLINE = Duration.ofSeconds(30);
  private static final ProtobufCodec<Ball> CODEC = ProtobufCodec.of(Ball.getDefaultInstance());
  private static final MethodSpec<Ball, Ball> METHOD =
      new MethodSpec<>("bench.Echo/Echo", MethodKind.WRITE, true, CODEC, CODEC);

  @Override
  public Echo.Server serve(String variant) {
    return serving(server(variant, new PlainLedger()).start());
  }

  @Override
  public Echo.Client connect(int port, String variant) {
    ChannelBuilder channel = channel(port, new PlainLedger());
    return switch (variant) {
      case "wire" -> wire(port);
      case "two" -> calling(two(channel).executor(Runnable::run).build());
      case "grpc" -> calling(channel.protocol(Protocol.GRPC).executor(Runnable::run).build());
      case "pool" -> calling(channel.build());
      default -> calling(channel.executor(Runnable::run).build());
    };
  }

  /** An echo server whose handlers run on the "loop", or by "default" dispatch. */
  static RpcServerBuilder server(String variant, CallLedger ledger) {
    RpcServerBuilder builder =
        RpcServer.builder("echo")
            .ledger(ledger)
            .service(
                () ->
                    new ServiceDefinition(
                        "bench.Echo", List.of(BoundMethod.unary(METHOD, Echo::answer)), null));
    return variant.equals("loop") ? builder.runOnLoop("bench.Echo") : builder;
  }

  static Echo.Server serving(RpcServer server) {
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

  static ChannelBuilder channel(int port, CallLedger ledger) {
    return RpcChannel.builder("echo").target("127.0.0.1", port).ledger(ledger);
  }

  static Echo.Client calling(RpcChannel channel) {
    return new Calling(channel);
  }

  /** Few enough calls on a connection that 256 make it two. */
  private static ChannelBuilder two(ChannelBuilder channel) {
    return channel
        .limit(Limit.IN_FLIGHT_PER_CONNECTION, 160)
        .limit(Limit.CONNECTIONS_PER_ENDPOINT, 2);
  }

  private static Echo.Client wire(int port) {
    NettyClientTransport transport = NettyClientTransport.create();
    EndpointConnection connection =
        transport.open(
            new EndpointAddress("echo", "", "", "127.0.0.1", port),
            ProcessIdentity.of("bench"),
            (state, cause) -> {});
    return new Wire(transport, connection, new PlainLedger());
  }

  private record Calling(RpcChannel channel) implements Echo.Client {
    private static final CallOptions OPTIONS = CallOptions.DEFAULT.withDeadline(DEADLINE);

    @Override
    public void send(Ball ball, Echo.Catcher catcher) {
      var unused =
          channel
              .callAsync(METHOD, ball, OPTIONS)
              .whenComplete(
                  (reply, failure) -> {
                    if (failure == null) {
                      catcher.caught(reply);
                    } else {
                      catcher.failed(failure);
                    }
                  });
    }

    @Override
    public Ball call(Ball ball) {
      return channel.call(METHOD, ball, OPTIONS);
    }

    @Override
    public void close() {
      channel.close();
    }
  }

  private record Wire(
      NettyClientTransport transport, EndpointConnection connection, CallLedger ledger)
      implements Echo.Client {
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
