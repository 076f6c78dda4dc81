package dev.clearspan.rpc.internal.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.StringValue;
import dev.clearspan.rpc.Call;
import dev.clearspan.rpc.CallOptions;
import dev.clearspan.rpc.Protocol;
import dev.clearspan.rpc.RpcChannel;
import dev.clearspan.rpc.RpcServer;
import dev.clearspan.rpc.ServiceDefinition;
import dev.clearspan.rpc.ServiceDefinition.BoundMethod;
import dev.clearspan.rpc.Tls;
import dev.clearspan.rpc.server.EchoService;
import io.grpc.CallCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
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
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** gRPC over TLS with stock grpc-java on the other side, chosen by ALPN. */
class TlsGrpcTest {
  private static final String TOKEN = "Bearer 2f7c0a";
  private static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);
  private static final io.grpc.CallOptions STOCK_OPTIONS = io.grpc.CallOptions.DEFAULT;
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
    Server stock = stockServer(headers -> {});
    try {
      Tls tls = Tls.DEFAULT.trusting(authority.authorities());
      assertThat(ourCall(stock.getPort(), tls, OPTIONS)).isEqualTo("hello");
    } finally {
      stock.shutdownNow().awaitTermination(20, TimeUnit.SECONDS);
    }
  }

  /** gRPC's case per_rpc_creds, with a fixed token instead of one of Google's. */
  @Test
  void per_rpc_creds_ofAStockClientReachOurHandler() throws Exception {
    CallCredentials credentials =
        new CallCredentials() {
          @Override
          public void applyRequestMetadata(
              RequestInfo request, Executor executor, MetadataApplier applier) {
            Metadata headers = new Metadata();
            headers.put(AUTHORIZATION, TOKEN);
            applier.apply(headers);
          }
        };
    try (RpcServer checking =
        RpcServer.builder("echo")
            .service(TlsGrpcTest::authorized)
            .tls(authority.settings("checking", authority.server()))
            .start()) {
      assertThat(
              stockCall(
                  authority.caller(ORDERS),
                  checking.port(),
                  STOCK_OPTIONS.withCallCredentials(credentials)))
          .isEqualTo(TOKEN);
    }
  }

  @Test
  void per_rpc_creds_ofOursReachAStockServer() throws Exception {
    AtomicReference<String> seen = new AtomicReference<>();
    Server stock = stockServer(headers -> seen.set(headers.get(AUTHORIZATION)));
    try {
      CallOptions options =
          OPTIONS.withMetadata(dev.clearspan.rpc.Metadata.EMPTY.with(AUTHORIZATION.name(), TOKEN));
      Tls tls = Tls.DEFAULT.trusting(authority.authorities());
      assertThat(ourCall(stock.getPort(), tls, options)).isEqualTo("hello");
      assertThat(seen).hasValue(TOKEN);
    } finally {
      stock.shutdownNow().awaitTermination(20, TimeUnit.SECONDS);
    }
  }

  @Test
  void bothAreOurs() throws Exception {
    Tls orders = authority.settings("orders", authority.caller(ORDERS));

    assertThat(ourCall(server.port(), orders, OPTIONS)).isEqualTo("hello");
  }

  private String ourCall(int port, Tls tls, CallOptions options) {
    try (RpcChannel channel =
        RpcChannel.builder("echo")
            .target("127.0.0.1", port)
            .protocol(Protocol.GRPC)
            .tls(tls)
            .build()) {
      return channel.call(EchoService.ECHO, StringValue.of("hello"), options).getValue();
    }
  }

  /** Replies with the token it was called with. */
  private static ServiceDefinition authorized() {
    return new ServiceDefinition(
        "test.Echo",
        List.of(
            BoundMethod.unary(
                EchoService.ECHO,
                request -> {
                  Call call = Objects.requireNonNull(Call.current());
                  String token = call.spec().metadata().first(AUTHORIZATION.name());
                  return StringValue.of(String.valueOf(token));
                })),
        null);
  }

  /** A stock server that echoes, and tells the headers of its calls. */
  private Server stockServer(Consumer<Metadata> told) throws Exception {
    Tls.KeyFiles files = authority.write("stock", authority.server());
    return NettyServerBuilder.forPort(0)
        .sslContext(
            GrpcSslContexts.forServer(files.certificates().toFile(), files.key().toFile()).build())
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
        .intercept(
            new ServerInterceptor() {
              @Override
              public <Q, R> ServerCall.Listener<Q> interceptCall(
                  ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
                told.accept(headers);
                return next.startCall(call, headers);
              }
            })
        .build()
        .start();
  }

  private String stockCall(X509Bundle certificate) throws Exception {
    return stockCall(certificate, server.port(), STOCK_OPTIONS);
  }

  private String stockCall(X509Bundle certificate, int port, io.grpc.CallOptions options)
      throws Exception {
    Tls.KeyFiles files = authority.write("client", certificate);
    ManagedChannel channel =
        NettyChannelBuilder.forAddress("127.0.0.1", port)
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
              options.withDeadlineAfter(20, TimeUnit.SECONDS),
              StringValue.of("hello"))
          .getValue();
    } finally {
      channel.shutdownNow().awaitTermination(20, TimeUnit.SECONDS);
    }
  }
}
