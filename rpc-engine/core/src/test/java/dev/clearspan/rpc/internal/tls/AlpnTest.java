package dev.clearspan.rpc.internal.tls;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.StringValue;
import dev.clearspan.rpc.RpcServer;
import dev.clearspan.rpc.server.EchoService;
import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.protobuf.ProtoUtils;
import io.grpc.stub.ClientCalls;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever version of HTTP a client ends up with by ALPN, it finds gRPC, Connect and the pages. */
class AlpnTest {
  private static final Duration LONG = Duration.ofSeconds(20);

  @TempDir Path folder;

  private TestAuthority authority;
  private RpcServer server;

  @BeforeEach
  void start() throws Exception {
    authority = new TestAuthority(folder.resolve("shop"));
    server =
        RpcServer.builder("echo")
            .service(new EchoService())
            .tls(authority.settings("server", authority.server()))
            .start();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void aClientThatOffersBothVersionsSpeaksHttp2AndFindsTheSame() throws Exception {
    HttpClient client = client(HttpClient.Version.HTTP_2);

    HttpResponse<String> page = client.send(get("/healthz"), BodyHandlers.ofString());
    assertThat(page.version()).isEqualTo(HttpClient.Version.HTTP_2);
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.body()).isEqualTo("ok\n");
    assertThat(client.send(call("Echo", "\"hello\""), BodyHandlers.ofString()).body())
        .isEqualTo("\"hello\"");
    HttpResponse<String> failure = client.send(call("Fail", "\"cup\""), BodyHandlers.ofString());
    assertThat(failure.statusCode()).isEqualTo(404);
    assertThat(failure.body()).contains("\"not_found\"", "no such thing: cup");
    assertThat(client.send(get("/nowhere"), BodyHandlers.ofString()).statusCode()).isEqualTo(404);
  }

  @Test
  void aBodyOverTheLimitIsRefusedAndTheConnectionLivesOn() throws Exception {
    HttpClient client = client(HttpClient.Version.HTTP_2);
    String large = "\"" + "x".repeat(5 << 20) + "\"";

    assertThat(client.send(call("Echo", large), BodyHandlers.ofString()).statusCode())
        .isEqualTo(413);
    assertThat(client.send(get("/healthz"), BodyHandlers.ofString()).statusCode()).isEqualTo(200);
  }

  @Test
  void aClientOfHttp1AloneIsServedInIt() throws Exception {
    HttpResponse<String> reply =
        client(HttpClient.Version.HTTP_1_1)
            .send(call("Echo", "\"hello\""), BodyHandlers.ofString());

    assertThat(reply.version()).isEqualTo(HttpClient.Version.HTTP_1_1);
    assertThat(reply.body()).isEqualTo("\"hello\"");
  }

  @Test
  void aStockGrpcClientIsServedInHttp2() throws Exception {
    MethodDescriptor<StringValue, StringValue> echo =
        MethodDescriptor.<StringValue, StringValue>newBuilder()
            .setType(MethodDescriptor.MethodType.UNARY)
            .setFullMethodName("test.Echo/Echo")
            .setRequestMarshaller(ProtoUtils.marshaller(StringValue.getDefaultInstance()))
            .setResponseMarshaller(ProtoUtils.marshaller(StringValue.getDefaultInstance()))
            .build();
    ManagedChannel channel =
        NettyChannelBuilder.forAddress("127.0.0.1", server.port())
            .sslContext(
                GrpcSslContexts.forClient().trustManager(authority.authorities().toFile()).build())
            .build();
    try {
      CallOptions patient = CallOptions.DEFAULT.withDeadlineAfter(20, TimeUnit.SECONDS);
      assertThat(
              ClientCalls.blockingUnaryCall(channel, echo, patient, StringValue.of("hello"))
                  .getValue())
          .isEqualTo("hello");
    } finally {
      channel.shutdownNow();
      assertThat(channel.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
    }
  }

  private HttpClient client(HttpClient.Version newest) throws Exception {
    return HttpClient.newBuilder().sslContext(authority.forHttpClient()).version(newest).build();
  }

  private HttpRequest get(String path) {
    return HttpRequest.newBuilder(uri(path)).timeout(LONG).build();
  }

  private HttpRequest call(String method, String body) {
    return HttpRequest.newBuilder(uri("/test.Echo/" + method))
        .timeout(LONG)
        .header("content-type", "application/json")
        .POST(BodyPublishers.ofString(body))
        .build();
  }

  private URI uri(String path) {
    return URI.create("https://127.0.0.1:" + server.port() + path);
  }
}
