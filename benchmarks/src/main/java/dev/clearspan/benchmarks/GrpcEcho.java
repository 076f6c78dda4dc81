package dev.clearspan.benchmarks;

import dev.clearspan.benchmarks.proto.Ball;
import io.grpc.CallOptions;
import io.grpc.InsecureChannelCredentials;
import io.grpc.InsecureServerCredentials;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.ServerBuilder;
import io.grpc.ServerServiceDefinition;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.ProtoUtils;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;

/** grpc-java as it comes ("default"), or with all user code on its event loops ("direct"). */
public final class GrpcEcho implements Peer {
  private static final MethodDescriptor<Ball, Ball> METHOD =
      MethodDescriptor.newBuilder(
              ProtoUtils.marshaller(Ball.getDefaultInstance()),
              ProtoUtils.marshaller(Ball.getDefaultInstance()))
          .setType(MethodDescriptor.MethodType.UNARY)
          .setFullMethodName("bench.Echo/Echo")
          .build();

  private static final String DIRECT = "direct";

  @Override
  public Echo.Server serve(String variant) {
    ServerBuilder<?> builder = server();
    return serving(variant.equals(DIRECT) ? builder.directExecutor() : builder);
  }

  @Override
  public Echo.Client connect(int port, String variant) {
    ManagedChannelBuilder<?> builder = channel(port);
    return calling(variant.equals(DIRECT) ? builder.directExecutor() : builder);
  }

  static ServerBuilder<?> server() {
    return NettyServerBuilder.forAddress(
        new InetSocketAddress("127.0.0.1", 0), InsecureServerCredentials.create());
  }

  static Echo.Server serving(ServerBuilder<?> builder) {
    try {
      return new Serving(builder.addService(definition()).build().start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static ManagedChannelBuilder<?> channel(int port) {
    return NettyChannelBuilder.forAddress("127.0.0.1", port, InsecureChannelCredentials.create());
  }

  static Echo.Client calling(ManagedChannelBuilder<?> builder) {
    return new Calling(builder.build());
  }

  private static ServerServiceDefinition definition() {
    return ServerServiceDefinition.builder("bench.Echo")
        .addMethod(
            METHOD,
            ServerCalls.asyncUnaryCall(
                (request, observer) -> {
                  observer.onNext(Echo.answer(request));
                  observer.onCompleted();
                }))
        .build();
  }

  private record Serving(Server server) implements Echo.Server {
    @Override
    public int port() {
      return server.getPort();
    }

    @Override
    public void close() {
      server.shutdownNow();
    }
  }

  private record Calling(ManagedChannel channel) implements Echo.Client {
    @Override
    public void send(Ball ball, Echo.Catcher catcher) {
      ClientCalls.asyncUnaryCall(channel.newCall(METHOD, options()), ball, new Observer(catcher));
    }

    @Override
    public Ball call(Ball ball) {
      return ClientCalls.blockingUnaryCall(channel, METHOD, options(), ball);
    }

    private static CallOptions options() {
      return CallOptions.DEFAULT.withDeadlineAfter(30, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
      channel.shutdownNow();
    }
  }

  private record Observer(Echo.Catcher catcher) implements StreamObserver<Ball> {
    @Override
    public void onNext(Ball reply) {
      catcher.caught(reply);
    }

    @Override
    public void onError(Throwable cause) {
      catcher.failed(cause);
    }

    @Override
    public void onCompleted() {}
  }
}
