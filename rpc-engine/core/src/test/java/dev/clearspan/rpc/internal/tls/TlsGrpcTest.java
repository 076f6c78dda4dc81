package dev.clearspan.rpc.internal.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.StringValue;
import dev.clearspan.rpc.CallOptions;
import dev.clearspan.rpc.Protocol;
import dev.clearspan.rpc.RpcChannel;
import dev.clearspan.rpc.RpcServer;
import dev.clearspan.rpc.Tls;
import dev.clearspan.rpc.server.EchoService;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.ProtoUtils;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.ServerCalls;
import io.netty.pkitesting.X509Bundle;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** gRPC over TLS with stock grpc-java on the other side, chosen by ALPN. */
class TlsGrpcTest {
  private static final String ORDERS = "spiffe://shop/orders";
  private static final MethodDescriptor<StringValue, StringValue> ECHO =
      MethodDescriptor.<StringValue, StringValue>newBuilder()
          .setType(MethodDescriptor.MethodType.UNARY)
          .setFullMethodName("test.Echo/Echo")
          .setRequestMarshaller(ProtoUtils.marshaller(StringValue.getDefaultInstance()))
          .setResponseMarshaller(ProtoUtils.marshaller(StringValue.getDefaultInstance()))
          .build();
  private static final CallOptions OPTIONS =
      CallOptions.DEFAULT.withDeadline(Duration.ofSeconds(20));

  @TempDir Path folder;

  private TestAuthority authority;
  private RpcServer server;

  @BeforeEach
  void start() throws Exception {
    authority = new TestAuthority(folder.resolve("shop"));
    Tls tls = authority.settings("server", authority.server()).clients(Tls.Clients.OPTIONAL);
    server =
        RpcServer.builder("echo")
            .service(new EchoService())
            .tls(tls)
            .allow("test.Echo", ORDERS)
            .start();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void aStockClientIsServedAndKnownByItsCertificate() throws Exception {
    assertThat(stockCall(authority.caller(ORDERS))).isEqualTo("hello");
  }

  @Test
  void aStockClientThatIsNotOnTheListIsDenied() throws Exception {
    X509Bundle other = authority.caller("spiffe://shop/other");

    assertThatThrownBy(() -> stockCall(other))
        .isInstanceOf(StatusRuntimeException.class)
        .hasMessage("PERMISSION_DENIED: spiffe://shop/other may not call test.Echo/Echo");
  }

  @Test
  void ourClientCallsAStockServer() throws Exception {
    X509Bundle shown = authority.server();
    Tls.KeyFiles files = authority.write("stock", shown);
    Server stock =
        NettyServerBuilder.forPort(0)
            .sslContext(
                GrpcSslContexts.forServer(files.certificates().toFile(), files.key().toFile())
                    .build())
            .addService(
                ServerServiceDefinition.builder("test.Echo")
                    .addMethod(
                        ECHO,
                        ServerCalls.asyncUnaryCall(
                            (request, replies) -> {
                              replies.onNext(request);
                              replies.onCompleted();
                            }))
                    .build())
            .build()
            .start();
    try {
      assertThat(ourCall(stock.getPort(), Tls.DEFAULT.trusting(authority.authorities())))
          .isEqualTo("hello");
    } finally {
      stock.shutdownNow().awaitTermination(20, TimeUnit.SECONDS);
    }
  }

  @Test
  void bothAreOurs() throws Exception {
    Tls orders = authority.settings("orders", authority.caller(ORDERS));

    assertThat(ourCall(server.port(), orders)).isEqualTo("hello");
  }

  private String ourCall(int port, Tls tls) {
    try (RpcChannel channel =
        RpcChannel.builder("echo")
            .target("127.0.0.1", port)
            .protocol(Protocol.GRPC)
            .tls(tls)
            .build()) {
      return channel.call(EchoService.ECHO, StringValue.of("hello"), OPTIONS).getValue();
    }
  }

  private String stockCall(X509Bundle certificate) throws Exception {
    Tls.KeyFiles files = authority.write("client", certificate);
    ManagedChannel channel =
        NettyChannelBuilder.forAddress("127.0.0.1", server.port())
            .sslContext(
                GrpcSslContexts.forClient()
                    .trustManager(authority.authorities().toFile())
                    .keyManager(files.certificates().toFile(), files.key().toFile())
                    .build())
            .build();
    try {
      return ClientCalls.blockingUnaryCall(
              channel,
              ECHO,
              io.grpc.CallOptions.DEFAULT.withDeadlineAfter(20, TimeUnit.SECONDS),
              StringValue.of("hello"))
          .getValue();
    } finally {
      channel.shutdownNow().awaitTermination(20, TimeUnit.SECONDS);
    }
  }
}
