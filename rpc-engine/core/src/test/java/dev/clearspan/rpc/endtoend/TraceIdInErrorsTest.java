package dev.clearspan.rpc.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.StringValue;
import dev.clearspan.rpc.CallOptions;
import dev.clearspan.rpc.MethodKind;
import dev.clearspan.rpc.MethodSpec;
import dev.clearspan.rpc.ProtobufCodec;
import dev.clearspan.rpc.Protocol;
import dev.clearspan.rpc.RpcChannel;
import dev.clearspan.rpc.RpcException;
import dev.clearspan.rpc.RpcServer;
import dev.clearspan.rpc.RpcService;
import dev.clearspan.rpc.ServiceDefinition;
import dev.clearspan.rpc.ServiceDefinition.BoundMethod;
import dev.clearspan.rpc.Status;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.protobuf.ProtoUtils;
import io.grpc.stub.ClientCalls;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

/** On every protocol a failure names the same trace to its caller as the server's log lines do. */
class TraceIdInErrorsTest {
  private static final Metadata.Key<String> TRACE_ID =
      Metadata.Key.of("clearspan-trace-id", Metadata.ASCII_STRING_MARSHALLER);
  private static final MethodSpec<StringValue, StringValue> FAIL = method("Fail");
  private static final MethodSpec<StringValue, StringValue> STREAM = method("Stream");

  private final AtomicReference<String> logged = new AtomicReference<>();
  private final RpcServer server = RpcServer.builder("logs").service(new Failing()).start();
  private final ManagedChannel grpc =
      NettyChannelBuilder.forAddress("127.0.0.1", server.port()).usePlaintext().build();

  @AfterEach
  void stop() {
    grpc.shutdownNow();
    server.close();
  }

  @Test
  void clearspanFrames() {
    assertThat(ownFailure(Protocol.CLEARSPAN).traceId()).isEqualTo(logged.get());
  }

  @Test
  void grpcBetweenOurOwnEnds() {
    RpcException failure = ownFailure(Protocol.GRPC);
    assertThat(failure.traceId()).isEqualTo(logged.get());
    assertThat(failure.metadata().first("clearspan-trace-id")).isNull();
  }

  @Test
  void grpcTrailersOfAStockClient() {
    assertThat(trailersOf("Fail").get(TRACE_ID)).isEqualTo(logged.get());
    assertThat(trailersOf("Stream").get(TRACE_ID)).isEqualTo(logged.get());
    assertThat(trailersOf("Missing").get(TRACE_ID)).matches("[0-9a-f]{32}");
  }

  @Test
  void connectsHeader() throws Exception {
    assertThat(connect("Fail").headers().firstValue("clearspan-trace-id")).hasValue(logged.get());
    assertThat(connect("Missing").headers().firstValue("clearspan-trace-id")).isPresent();
  }

  private RpcException ownFailure(Protocol protocol) {
    try (RpcChannel channel =
        RpcChannel.builder("logs").target("127.0.0.1", server.port()).protocol(protocol).build()) {
      return catchThrowableOfType(
          RpcException.class,
          () -> channel.call(FAIL, StringValue.getDefaultInstance(), CallOptions.DEFAULT));
    }
  }

  private Metadata trailersOf(String method) {
    MethodDescriptor<StringValue, StringValue> descriptor =
        MethodDescriptor.<StringValue, StringValue>newBuilder()
            .setType(MethodDescriptor.MethodType.UNARY)
            .setFullMethodName("test.Logs/" + method)
            .setRequestMarshaller(ProtoUtils.marshaller(StringValue.getDefaultInstance()))
            .setResponseMarshaller(ProtoUtils.marshaller(StringValue.getDefaultInstance()))
            .build();
    StatusRuntimeException failure =
        catchThrowableOfType(
            StatusRuntimeException.class,
            () ->
                ClientCalls.blockingUnaryCall(
                    grpc,
                    descriptor,
                    io.grpc.CallOptions.DEFAULT,
                    StringValue.getDefaultInstance()));
    return Objects.requireNonNull(failure.getTrailers(), "trailers");
  }

  private HttpResponse<String> connect(String method) throws Exception {
    URI uri = URI.create("http://127.0.0.1:" + server.port() + "/test.Logs/" + method);
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(uri)
                .header("content-type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("\"\""))
                .build(),
            HttpResponse.BodyHandlers.ofString());
  }

  private static MethodSpec<StringValue, StringValue> method(String name) {
    ProtobufCodec<StringValue> codec = ProtobufCodec.of(StringValue.getDefaultInstance());
    return new MethodSpec<>("test.Logs/" + name, MethodKind.QUERY, false, codec, codec);
  }

  /** Notes what its log lines would say, and fails. */
  private final class Failing implements RpcService {
    @Override
    public ServiceDefinition definition() {
      return new ServiceDefinition(
          "test.Logs",
          List.of(
              BoundMethod.unary(FAIL, request -> fail()),
              BoundMethod.stream(
                  STREAM,
                  stream -> {
                    StringValue unused = fail();
                  })),
          null);
    }

    private StringValue fail() {
      logged.set(MDC.get("trace_id"));
      throw new RpcException(Status.Code.NOT_FOUND, "no such thing");
    }
  }
}
