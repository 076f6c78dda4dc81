package dev.clearspan.rpc.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.ByteString;
import dev.clearspan.rpc.CallOptions;
import dev.clearspan.rpc.Metadata;
import dev.clearspan.rpc.MethodSpec;
import dev.clearspan.rpc.Protocol;
import dev.clearspan.rpc.ReplyMetadata;
import dev.clearspan.rpc.RpcChannel;
import dev.clearspan.rpc.RpcException;
import dev.clearspan.rpc.RpcStream;
import dev.clearspan.rpc.Status.Code;
import io.grpc.testing.integration.EmptyProtos.Empty;
import io.grpc.testing.integration.Messages.EchoStatus;
import io.grpc.testing.integration.Messages.Payload;
import io.grpc.testing.integration.Messages.ResponseParameters;
import io.grpc.testing.integration.Messages.SimpleRequest;
import io.grpc.testing.integration.Messages.SimpleResponse;
import io.grpc.testing.integration.Messages.StreamingInputCallRequest;
import io.grpc.testing.integration.Messages.StreamingOutputCallRequest;
import io.grpc.testing.integration.Messages.StreamingOutputCallResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The cases of gRPC's interop test descriptions (doc/interop-test-descriptions.md) with our client,
 * each test named after its case; those about compression are {@link OurClientCompressionTest}'s,
 * per_rpc_creds is TlsGrpcTest's.
 */
abstract class ClientInteropContract {
  private static final int LARGE_REQUEST = 271_828;
  private static final int LARGE_RESPONSE = 314_159;
  private static final List<Integer> REQUEST_SIZES = List.of(27_182, 8, 1_828, 45_904);
  private static final List<Integer> RESPONSE_SIZES = List.of(31_415, 9, 2_653, 58_979);
  private static final CallOptions PATIENT =
      CallOptions.DEFAULT.withDeadline(Duration.ofSeconds(20));

  private RpcChannel channel;

  /** Where a server with gRPC's TestService listens. */
  abstract int port();

  @BeforeEach
  void connect() {
    channel = connected();
  }

  private RpcChannel connected() {
    return RpcChannel.builder("interop")
        .target("127.0.0.1", port())
        .protocol(Protocol.GRPC)
        .build();
  }

  @AfterEach
  void disconnect() {
    channel.close();
  }

  @Test
  void empty_unary() {
    assertThat(channel.call(InteropService.EMPTY, Empty.getDefaultInstance(), PATIENT))
        .isEqualTo(Empty.getDefaultInstance());
  }

  @Test
  void large_unary() {
    assertThat(channel.call(InteropService.UNARY, largeRequest().build(), PATIENT))
        .isEqualTo(largeResponse());
  }

  @Test
  void client_streaming() {
    assertThat(aggregated()).isEqualTo(74_922);
  }

  @Test
  void server_streaming() {
    assertThat(sizes(received(InteropService.OUTPUT, output(RESPONSE_SIZES))))
        .isEqualTo(RESPONSE_SIZES);
  }

  @Test
  void ping_pong() {
    try (RpcStream<StreamingOutputCallRequest, StreamingOutputCallResponse> stream = duplex()) {
      for (int i = 0; i < REQUEST_SIZES.size(); i++) {
        stream.send(
            output(List.of(RESPONSE_SIZES.get(i))).toBuilder()
                .setPayload(payload(REQUEST_SIZES.get(i)))
                .build());
        assertThat(stream.receive().getPayload().getBody().size()).isEqualTo(RESPONSE_SIZES.get(i));
      }
      stream.finish();
      assertThat(stream.receive()).isNull();
    }
  }

  @Test
  void empty_stream() {
    try (RpcStream<StreamingOutputCallRequest, StreamingOutputCallResponse> stream = duplex()) {
      stream.finish();
      assertThat(stream.receive()).isNull();
    }
  }

  @Test
  void custom_metadata() {
    Reply reply = new Reply();
    CallOptions options = PATIENT.withMetadata(echoed()).withReplyMetadata(reply);

    channel.call(InteropService.UNARY, largeRequest().build(), options);
    reply.assertEchoed();

    Reply second = new Reply();
    try (RpcStream<StreamingOutputCallRequest, StreamingOutputCallResponse> stream =
        channel.open(InteropService.DUPLEX, options.withReplyMetadata(second))) {
      stream.send(output(List.of(LARGE_RESPONSE)));
      stream.finish();
      assertThat(stream.receive()).isNotNull();
      assertThat(stream.receive()).isNull();
    }
    second.assertEchoed();
  }

  @Test
  void status_code_and_message() {
    assertEchoed("test status message");
    try (RpcStream<StreamingOutputCallRequest, StreamingOutputCallResponse> stream = duplex()) {
      stream.send(
          StreamingOutputCallRequest.newBuilder()
              .setResponseStatus(unknown("test status message"))
              .build());
      stream.finish();
      RpcException error = catchThrowableOfType(RpcException.class, stream::receive);
      assertThat(error.code()).isEqualTo(Code.UNKNOWN);
      assertThat(error.status().message()).isEqualTo("test status message");
    }
  }

  @Test
  void special_status_message() {
    assertEchoed("\t\ntest with whitespace\r\nand Unicode BMP \u263A and non-BMP \uD83D\uDE08\t\n");
  }

  @Test
  void unimplemented_method() {
    assertThat(failure(Unserved.METHOD).code()).isEqualTo(Code.UNIMPLEMENTED);
  }

  @Test
  void unimplemented_service() {
    assertThat(failure(Unserved.SERVICE).code()).isEqualTo(Code.UNIMPLEMENTED);
  }

  @Test
  void cancel_after_begin() {
    RpcStream<StreamingInputCallRequest, ?> stream = channel.open(InteropService.INPUT, PATIENT);
    stream.close();
    RpcException error = catchThrowableOfType(RpcException.class, stream::receive);
    assertThat(error.code()).isEqualTo(Code.CANCELLED);
  }

  @Test
  void cancel_after_first_response() {
    RpcStream<StreamingOutputCallRequest, StreamingOutputCallResponse> stream = duplex();
    stream.send(output(List.of(31_415)).toBuilder().setPayload(payload(27_182)).build());
    assertThat(stream.receive().getPayload().getBody().size()).isEqualTo(31_415);
    stream.close();
    RpcException error = catchThrowableOfType(RpcException.class, stream::receive);
    assertThat(error.code()).isEqualTo(Code.CANCELLED);
  }

  @Test
  void timeout_on_sleeping_server() {
    channel.call(InteropService.EMPTY, Empty.getDefaultInstance(), PATIENT);
    try (RpcStream<StreamingOutputCallRequest, StreamingOutputCallResponse> stream =
        channel.open(
            InteropService.DUPLEX, CallOptions.DEFAULT.withDeadline(Duration.ofMillis(1)))) {
      RpcException error =
          catchThrowableOfType(
              RpcException.class,
              () -> {
                stream.send(
                    StreamingOutputCallRequest.newBuilder().setPayload(payload(27_182)).build());
                stream.receive();
              });
      assertThat(error.code()).isEqualTo(Code.DEADLINE_EXCEEDED);
    }
  }

  @Test
  void concurrent_large_unary() throws Exception {
    List<CompletableFuture<SimpleResponse>> calls =
        IntStream.range(0, 150)
            .mapToObj(
                i ->
                    channel
                        .callAsync(InteropService.UNARY, largeRequest().build(), PATIENT)
                        .toCompletableFuture())
            .toList();
    for (CompletableFuture<SimpleResponse> call : calls) {
      assertThat(call.get(20, TimeUnit.SECONDS)).isEqualTo(largeResponse());
    }
  }

  @Test
  void rpc_soak() {
    for (int i = 0; i < 100; i++) {
      assertThat(channel.call(InteropService.UNARY, largeRequest().build(), PATIENT))
          .isEqualTo(largeResponse());
    }
  }

  @Test
  void channel_soak() {
    for (int i = 0; i < 20; i++) {
      try (RpcChannel once = connected()) {
        assertThat(once.call(InteropService.UNARY, largeRequest().build(), PATIENT))
            .isEqualTo(largeResponse());
      }
    }
  }

  @Test
  void very_large_request() {
    SimpleRequest request =
        SimpleRequest.newBuilder()
            .setPayload(payload(3 * 1024 * 1024))
            .setResponseSize(3 * 1024 * 1024)
            .build();
    assertThat(channel.call(InteropService.UNARY, request, PATIENT).getPayload().getBody().size())
        .isEqualTo(3 * 1024 * 1024);
  }

  private long aggregated() {
    try (var stream = channel.open(InteropService.INPUT, PATIENT)) {
      for (int size : REQUEST_SIZES) {
        stream.send(StreamingInputCallRequest.newBuilder().setPayload(payload(size)).build());
      }
      stream.finish();
      long sum = stream.receive().getAggregatedPayloadSize();
      assertThat(stream.receive()).isNull();
      return sum;
    }
  }

  private <Q, R> List<R> received(MethodSpec<Q, R> method, Q request) {
    List<R> all = new ArrayList<>();
    try (RpcStream<Q, R> stream = channel.open(method, PATIENT)) {
      stream.send(request);
      stream.finish();
      for (R next = stream.receive(); next != null; next = stream.receive()) {
        all.add(next);
      }
    }
    return all;
  }

  private RpcStream<StreamingOutputCallRequest, StreamingOutputCallResponse> duplex() {
    return channel.open(InteropService.DUPLEX, PATIENT);
  }

  private void assertEchoed(String message) {
    SimpleRequest request = SimpleRequest.newBuilder().setResponseStatus(unknown(message)).build();
    RpcException error =
        catchThrowableOfType(
            RpcException.class, () -> channel.call(InteropService.UNARY, request, PATIENT));
    assertThat(error.code()).isEqualTo(Code.UNKNOWN);
    assertThat(error.status().message()).isEqualTo(message);
    assertThat(error.origin()).isEqualTo(RpcException.Origin.REMOTE);
  }

  private RpcException failure(MethodSpec<Empty, Empty> method) {
    return catchThrowableOfType(
        RpcException.class, () -> channel.call(method, Empty.getDefaultInstance(), PATIENT));
  }

  private static List<Integer> sizes(List<StreamingOutputCallResponse> responses) {
    return responses.stream().map(each -> each.getPayload().getBody().size()).toList();
  }

  private static StreamingOutputCallRequest output(List<Integer> sizes) {
    Stream<ResponseParameters> parameters =
        sizes.stream().map(size -> ResponseParameters.newBuilder().setSize(size).build());
    return StreamingOutputCallRequest.newBuilder()
        .addAllResponseParameters(parameters.toList())
        .build();
  }

  private static SimpleRequest.Builder largeRequest() {
    return SimpleRequest.newBuilder()
        .setResponseSize(LARGE_RESPONSE)
        .setPayload(payload(LARGE_REQUEST));
  }

  private static SimpleResponse largeResponse() {
    return SimpleResponse.newBuilder().setPayload(payload(LARGE_RESPONSE)).build();
  }

  private static Payload payload(int size) {
    return Payload.newBuilder().setBody(ByteString.copyFrom(new byte[size])).build();
  }

  private static EchoStatus unknown(String message) {
    return EchoStatus.newBuilder().setCode(Code.UNKNOWN.ordinal()).setMessage(message).build();
  }

  private static Metadata echoed() {
    return Metadata.EMPTY
        .with("x-grpc-test-echo-initial", "test_initial_metadata_value")
        .withBinary(
            "x-grpc-test-echo-trailing-bin", new byte[] {(byte) 0xab, (byte) 0xab, (byte) 0xab});
  }

  /** What came with a reply. */
  private static final class Reply implements ReplyMetadata {
    private final List<Metadata> headers = new CopyOnWriteArrayList<>();
    private final List<Metadata> trailers = new CopyOnWriteArrayList<>();

    @Override
    public void headers(Metadata value) {
      headers.add(value);
    }

    @Override
    public void trailers(Metadata value) {
      trailers.add(value);
    }

    void assertEchoed() {
      assertThat(headers).hasSize(1);
      assertThat(headers.get(0).first("x-grpc-test-echo-initial"))
          .isEqualTo("test_initial_metadata_value");
      assertThat(trailers).hasSize(1);
      assertThat(trailers.get(0).firstBinary("x-grpc-test-echo-trailing-bin"))
          .containsExactly(0xab, 0xab, 0xab);
    }
  }
}
