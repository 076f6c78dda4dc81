package dev.clearspan.rpc.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.rpc.ErrorInfo;
import dev.clearspan.rpc.Metadata;
import dev.clearspan.rpc.MethodKind;
import dev.clearspan.rpc.MethodShape;
import dev.clearspan.rpc.MethodSpec;
import dev.clearspan.rpc.RpcException;
import dev.clearspan.rpc.RpcServer;
import dev.clearspan.rpc.RpcService;
import dev.clearspan.rpc.RpcStream;
import dev.clearspan.rpc.ServiceDefinition;
import dev.clearspan.rpc.ServiceDefinition.BoundMethod;
import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.ClientResponseObserver;
import io.grpc.testing.integration.EmptyProtos.Empty;
import io.grpc.testing.integration.Messages.Payload;
import io.grpc.testing.integration.Messages.ResponseParameters;
import io.grpc.testing.integration.Messages.SimpleRequest;
import io.grpc.testing.integration.Messages.SimpleResponse;
import io.grpc.testing.integration.Messages.StreamingInputCallRequest;
import io.grpc.testing.integration.Messages.StreamingInputCallResponse;
import io.grpc.testing.integration.Messages.StreamingOutputCallRequest;
import io.grpc.testing.integration.Messages.StreamingOutputCallResponse;
import io.grpc.testing.integration.TestServiceGrpc;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Streams whose reader is slow, and what does not fit, with stock grpc-java as the client. */
class StockClientFlowTest {
  private static final Duration QUIET = Duration.ofMillis(300);
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int MESSAGES = 400;
  private static final int MESSAGE_BYTES = 32 * 1024;

  private final InteropService service = new InteropService();
  private final CountDownLatch reading = new CountDownLatch(1);
  private final RpcServer server =
      RpcServer.builder("interop").service(service).service(slowReader()).start();
  private final ManagedChannel channel =
      NettyChannelBuilder.forAddress("127.0.0.1", server.port()).usePlaintext().build();
  private final TestServiceGrpc.TestServiceBlockingStub blocking =
      TestServiceGrpc.newBlockingStub(channel).withDeadlineAfter(60, TimeUnit.SECONDS);

  @AfterEach
  void stop() throws InterruptedException {
    reading.countDown();
    channel.shutdownNow();
    assertThat(channel.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
    server.close();
  }

  @Test
  void aClientThatReadsSlowlyHoldsTheHandlerBack() {
    StreamingOutputCallRequest.Builder request = StreamingOutputCallRequest.newBuilder();
    for (int i = 0; i < MESSAGES; i++) {
      request.addResponseParameters(ResponseParameters.newBuilder().setSize(MESSAGE_BYTES));
    }
    OnRequest heard = new OnRequest();
    TestServiceGrpc.newStub(channel).streamingOutputCall(request.build(), heard);
    heard.await(1);
    await().atMost(PATIENCE).during(QUIET).until(() -> service.sent.get() < MESSAGES / 2);
    assertThat(heard.messages).hasSize(1);
    assertThat(blocking.emptyCall(Empty.getDefaultInstance())).isNotNull();

    heard.requests().request(MESSAGES);
    assertThat(heard.all()).hasSize(MESSAGES);
  }

  @Test
  void aHandlerThatReadsSlowlyHoldsTheClientBack() {
    Heard<StreamingInputCallResponse> heard = new Heard<>();
    var requests =
        (ClientCallStreamObserver<StreamingInputCallRequest>)
            ClientCalls.asyncClientStreamingCall(
                channel.newCall(slowReaderMethod(), CallOptions.DEFAULT), heard);
    StreamingInputCallRequest message =
        StreamingInputCallRequest.newBuilder().setPayload(payload(MESSAGE_BYTES)).build();
    int[] sent = {0};
    await()
        .atMost(PATIENCE)
        .during(QUIET)
        .until(
            () -> {
              boolean ready = requests.isReady() && sent[0] < MESSAGES;
              if (ready) {
                requests.onNext(message);
                sent[0]++;
              }
              return !ready && sent[0] > 0;
            });
    assertThat(sent[0]).isLessThan(MESSAGES / 10);

    reading.countDown();
    requests.onCompleted();
    assertThat(heard.all().get(0).getAggregatedPayloadSize()).isEqualTo(sent[0] * MESSAGE_BYTES);
  }

  @Test
  void aRequestOverTheLimitIsExhausted() {
    SimpleRequest large = SimpleRequest.newBuilder().setPayload(payload(5 << 20)).build();
    assertThat(failureOf(() -> blocking.unaryCall(large)).getStatus().getCode())
        .isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
  }

  @Test
  void aReplyOverTheLimitIsExhausted() {
    SimpleRequest large = SimpleRequest.newBuilder().setResponseSize(5 << 20).build();
    assertThat(failureOf(() -> blocking.unaryCall(large)).getStatus().getCode())
        .isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
  }

  @Test
  void aBombIsNotInflated() {
    SimpleRequest zeros = SimpleRequest.newBuilder().setPayload(payload(5 << 20)).build();
    Status status = failureOf(() -> blocking.withCompression("gzip").unaryCall(zeros)).getStatus();
    assertThat(status.getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
    assertThat(status.getDescription()).contains("inflates to more than");
  }

  @Test
  void richDetailsReachTheClient() {
    com.google.rpc.Status details =
        com.google.rpc.Status.newBuilder()
            .setCode(3)
            .setMessage("wrong")
            .addDetails(Any.pack(ErrorInfo.newBuilder().setReason("WRONG").build()))
            .build();
    try (RpcServer failing = RpcServer.builder("rich").service(failing(details)).start()) {
      ManagedChannel toFailing =
          NettyChannelBuilder.forAddress("127.0.0.1", failing.port()).usePlaintext().build();
      StatusRuntimeException failure =
          failureOf(
              () ->
                  TestServiceGrpc.newBlockingStub(toFailing)
                      .unaryCall(SimpleRequest.getDefaultInstance()));
      assertThat(StatusProto.fromThrowable(failure)).isEqualTo(details);
      toFailing.shutdownNow();
    }
  }

  private static RpcService failing(com.google.rpc.Status details) {
    dev.clearspan.rpc.Status status =
        dev.clearspan.rpc.Status.of(
            dev.clearspan.rpc.Status.Code.INVALID_ARGUMENT, details.getMessage());
    Metadata trailers = Metadata.EMPTY.withBinary("grpc-status-details-bin", details.toByteArray());
    return () ->
        new ServiceDefinition(
            InteropService.NAME,
            List.of(
                BoundMethod.<SimpleRequest, SimpleResponse>unary(
                    InteropService.UNARY,
                    request -> {
                      throw new RpcException(
                          status, trailers, RpcException.Origin.LOCAL, null, null);
                    })),
            null);
  }

  /** A service like the interop one's StreamingInputCall that waits before it reads. */
  private RpcService slowReader() {
    var method =
        new MethodSpec<>(
            "test.Slow/Read",
            MethodShape.CLIENT_STREAMING,
            MethodKind.QUERY,
            false,
            InteropService.INPUT.requestCodec(),
            InteropService.INPUT.responseCodec());
    return () ->
        new ServiceDefinition(
            "test.Slow", List.of(BoundMethod.stream(method, this::readSlowly)), null);
  }

  private void readSlowly(RpcStream<StreamingInputCallResponse, StreamingInputCallRequest> stream)
      throws InterruptedException {
    reading.await();
    int size = 0;
    StreamingInputCallRequest request;
    while ((request = stream.receive()) != null) {
      size += request.getPayload().getBody().size();
    }
    stream.send(StreamingInputCallResponse.newBuilder().setAggregatedPayloadSize(size).build());
  }

  private static MethodDescriptor<StreamingInputCallRequest, StreamingInputCallResponse>
      slowReaderMethod() {
    return TestServiceGrpc.getStreamingInputCallMethod().toBuilder()
        .setFullMethodName("test.Slow/Read")
        .build();
  }

  private static Payload payload(int size) {
    return Payload.newBuilder().setBody(ByteString.copyFrom(new byte[size])).build();
  }

  private static StatusRuntimeException failureOf(Runnable call) {
    return catchThrowableOfType(StatusRuntimeException.class, call::run);
  }

  /** Hears one message by itself and others when they are asked for. */
  private static final class OnRequest
      implements ClientResponseObserver<StreamingOutputCallRequest, StreamingOutputCallResponse> {
    private final Heard<StreamingOutputCallResponse> heard = new Heard<>();
    private final AtomicReference<ClientCallStreamObserver<StreamingOutputCallRequest>> requests =
        new AtomicReference<>();
    final List<StreamingOutputCallResponse> messages = heard.messages;

    @Override
    public void beforeStart(ClientCallStreamObserver<StreamingOutputCallRequest> stream) {
      stream.disableAutoRequestWithInitial(1);
      requests.set(stream);
    }

    @Override
    public void onNext(StreamingOutputCallResponse message) {
      heard.onNext(message);
    }

    @Override
    public void onError(Throwable why) {
      heard.onError(why);
    }

    @Override
    public void onCompleted() {
      heard.onCompleted();
    }

    void await(int count) {
      heard.await(count);
    }

    List<StreamingOutputCallResponse> all() {
      return heard.all();
    }

    ClientCallStreamObserver<StreamingOutputCallRequest> requests() {
      return Objects.requireNonNull(requests.get());
    }
  }
}
