package dev.clearspan.benchmarks.armeria;

import com.linecorp.armeria.client.grpc.GrpcClientStubFactory;
import com.linecorp.armeria.client.grpc.GrpcClients;
import com.linecorp.armeria.server.Server;
import com.linecorp.armeria.server.grpc.GrpcService;
import dev.clearspan.benchmarks.Echo;
import dev.clearspan.benchmarks.Peer;
import dev.clearspan.benchmarks.proto.Ball;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.MethodDescriptor;
import io.grpc.ServerServiceDefinition;
import io.grpc.ServiceDescriptor;
import io.grpc.protobuf.ProtoUtils;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;

/** Armeria's gRPC as it comes: handlers and callbacks on its event loops. */
public final class ArmeriaEcho implements Peer {
  private static final MethodDescriptor<Ball, Ball> METHOD =
      MethodDescriptor.newBuilder(
              ProtoUtils.marshaller(Ball.getDefaultInstance()),
              ProtoUtils.marshaller(Ball.getDefaultInstance()))
          .setType(MethodDescriptor.MethodType.UNARY)
          .setFullMethodName("bench.Echo/Echo")
          .build();
  private static final ServiceDescriptor SERVICE =
      ServiceDescriptor.newBuilder("bench.Echo").addMethod(METHOD).build();

  @Override
  public Echo.Server serve(String variant) {
    Server server =
        Server.builder()
            .http(0)
            .service(GrpcService.builder().addService(definition()).build())
            .build();
    server.start().join();
    return new Echo.Server() {
      @Override
      public int port() {
        return server.activeLocalPort();
      }

      @Override
      public void close() {
        server.closeAsync();
      }
    };
  }

  @Override
  public Echo.Client connect(int port, String variant) {
    return GrpcClients.builder("gproto+http://127.0.0.1:" + port + "/")
        .clientStubFactory(new Stubs())
        .build(Calling.class);
  }

  private static ServerServiceDefinition definition() {
    return ServerServiceDefinition.builder(SERVICE)
        .addMethod(
            METHOD,
            ServerCalls.asyncUnaryCall(
                (request, observer) -> {
                  observer.onNext(Echo.answer(request));
                  observer.onCompleted();
                }))
        .build();
  }

  private static final class Stubs implements GrpcClientStubFactory {
    @Override
    public ServiceDescriptor findServiceDescriptor(Class<?> clientType) {
      return SERVICE;
    }

    @Override
    public Object newClientStub(Class<?> clientType, Channel channel) {
      return new Calling(channel);
    }
  }

  private record Calling(Channel channel) implements Echo.Client {
    @Override
    public void send(Ball ball, Echo.Catcher catcher) {
      ClientCalls.asyncUnaryCall(
          channel.newCall(METHOD, CallOptions.DEFAULT), ball, new Observer(catcher));
    }

    @Override
    public Ball call(Ball ball) {
      return ClientCalls.blockingUnaryCall(channel, METHOD, CallOptions.DEFAULT, ball);
    }

    @Override
    public void close() {}
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
