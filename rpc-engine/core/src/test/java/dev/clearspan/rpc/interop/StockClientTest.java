package dev.clearspan.rpc.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import dev.clearspan.rpc.RpcServer;
import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import io.grpc.testing.integration.EmptyProtos.Empty;
import io.grpc.testing.integration.Messages.EchoStatus;
import io.grpc.testing.integration.Messages.Payload;
import io.grpc.testing.integration.Messages.ResponseParameters;
import io.grpc.testing.integration.Messages.SimpleRequest;
import io.grpc.testing.integration.Messages.SimpleResponse;
import io.grpc.testing.integration.Messages.StreamingInputCallRequest;
import io.grpc.testing.integration.Messages.StreamingInputCallResponse;
import io.grpc.testing.integration.Messages.StreamingOutputCallRequest;
import io.grpc.testing.integration.Messages.StreamingOutputCallResponse;
import io.grpc.testing.integration.TestServiceGrpc;
import io.grpc.testing.integration.UnimplementedServiceGrpc;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * The cases of gRPC's public interop list (interop-test-descriptions.md) by their names, with stock
 * grpc-java as the client of our server. Those about compression are {@link
 * StockClientCompressionTest}'s, per_rpc_creds is TlsGrpcTest's.
 */
class StockClientTest {
  private static final int LARGE_REQUEST = 271_828;
  private static final int LARGE_RESPONSE = 314_159;
  private static final int[] REQUEST_SIZES = {27_182, 8, 1_828, 45_904};
  private static final int[] RESPONSE_SIZES = {31_415, 9, 2_653, 58_979};
  private static final Metadata.Key<String> ECHO_INITIAL =
      Metadata.Key.of(InteropService.ECHO_INITIAL, Metadata.ASCII_STRING_MARSHALLER);
  private static final Metadata.Key<byte[]> ECHO_TRAILING =
      Metadata.Key.of(InteropService.ECHO_TRAILING, Metadata.BINARY_BYTE_MARSHALLER);

  private final InteropService service = new InteropService();
  private final RpcServer server = PatientServer.start(service);
  private final ManagedChannel channel =
      NettyChannelBuilder.forAddress("127.0.0.1", server.port()).usePlaintext().build();
  private final TestServiceGrpc.TestServiceBlockingStub blocking =
      TestServiceGrpc.newBlockingStub(channel).withDeadlineAfter(30, TimeUnit.SECONDS);
  private final TestServiceGrpc.TestServiceStub async =
      TestServiceGrpc.newStub(channel).withDeadlineAfter(30, TimeUnit.SECONDS);

  @AfterEach
  void stop() throws InterruptedException {
    channel.shutdownNow();
    assertThat(channel.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
    server.close();
  }

  @Test
  void emptyUnary() {
    assertThat(blocking.emptyCall(Empty.getDefaultInstance()))
        .isEqualTo(Empty.getDefaultInstance());
  }

  @Test
  void cacheableUnaryIsAnOrdinaryUnimplementedMethodHere() {
    assertThat(codeOf(() -> blocking.cacheableUnaryCall(large().build())))
        .isEqualTo(Status.Code.UNIMPLEMENTED);
  }

  @Test
  void largeUnary() {
    SimpleResponse reply = blocking.unaryCall(large().build());
    assertThat(reply.getPayload().getBody().size()).isEqualTo(LARGE_RESPONSE);
  }

  @Test
  void clientStreaming() {
    Heard<StreamingInputCallResponse> heard = new Heard<>();
    upload(async.streamingInputCall(heard));
    assertThat(heard.all().get(0).getAggregatedPayloadSize()).isEqualTo(74_922);
  }

  @Test
  void serverStreaming() {
    assertThat(sizes(blocking.streamingOutputCall(outputs(RESPONSE_SIZES))))
        .containsExactly(31_415, 9, 2_653, 58_979);
  }

  @Test
  void veryLargeMessagesStream() {
    assertThat(sizes(blocking.streamingOutputCall(outputs(3_000_000, 3_000_000))))
        .containsExactly(3_000_000, 3_000_000);
    Heard<StreamingInputCallResponse> heard = new Heard<>();
    StreamObserver<StreamingInputCallRequest> requests = async.streamingInputCall(heard);
    requests.onNext(input(3_000_000));
    requests.onNext(input(3_000_000));
    requests.onCompleted();
    assertThat(heard.all().get(0).getAggregatedPayloadSize()).isEqualTo(6_000_000);
  }

  @Test
  void pingPong() {
    Heard<StreamingOutputCallResponse> heard = new Heard<>();
    StreamObserver<StreamingOutputCallRequest> requests = async.fullDuplexCall(heard);
    for (int i = 0; i < REQUEST_SIZES.length; i++) {
      requests.onNext(
          outputs(RESPONSE_SIZES[i]).toBuilder().setPayload(payload(REQUEST_SIZES[i])).build());
      heard.await(i + 1);
      assertThat(heard.messages.get(i).getPayload().getBody().size()).isEqualTo(RESPONSE_SIZES[i]);
    }
    requests.onCompleted();
    assertThat(heard.all()).hasSize(4);
  }

  @Test
  void halfDuplex() {
    Heard<StreamingOutputCallResponse> heard = new Heard<>();
    StreamObserver<StreamingOutputCallRequest> requests = async.halfDuplexCall(heard);
    requests.onNext(outputs(10));
    requests.onNext(outputs(20, 30));
    requests.onCompleted();
    assertThat(heard.all()).hasSize(3);
  }

  @Test
  void emptyStream() {
    Heard<StreamingOutputCallResponse> heard = new Heard<>();
    async.fullDuplexCall(heard).onCompleted();
    assertThat(heard.all()).isEmpty();
  }

  @Test
  void customMetadataOfUnary() {
    var headers = new AtomicReference<Metadata>();
    var trailers = new AtomicReference<Metadata>();
    blocking
        .withInterceptors(
            MetadataUtils.newAttachHeadersInterceptor(echoMetadata()),
            MetadataUtils.newCaptureMetadataInterceptor(headers, trailers))
        .unaryCall(large().build());
    assertEchoed(headers.get(), trailers.get());
  }

  @Test
  void customMetadataOfStream() {
    var headers = new AtomicReference<Metadata>();
    var trailers = new AtomicReference<Metadata>();
    Heard<StreamingOutputCallResponse> heard = new Heard<>();
    StreamObserver<StreamingOutputCallRequest> requests =
        async
            .withInterceptors(
                MetadataUtils.newAttachHeadersInterceptor(echoMetadata()),
                MetadataUtils.newCaptureMetadataInterceptor(headers, trailers))
            .fullDuplexCall(heard);
    requests.onNext(outputs(LARGE_RESPONSE));
    requests.onCompleted();
    assertThat(heard.all()).hasSize(1);
    assertEchoed(headers.get(), trailers.get());
  }

  @Test
  void statusCodeAndMessage() {
    EchoStatus wanted =
        EchoStatus.newBuilder().setCode(2).setMessage("test status message").build();
    Status unary =
        failureOf(() -> blocking.unaryCall(large().setResponseStatus(wanted).build())).getStatus();
    assertThat(unary.getCode()).isEqualTo(Status.Code.UNKNOWN);
    assertThat(unary.getDescription()).isEqualTo("test status message");

    Heard<StreamingOutputCallResponse> heard = new Heard<>();
    StreamObserver<StreamingOutputCallRequest> requests = async.fullDuplexCall(heard);
    requests.onNext(StreamingOutputCallRequest.newBuilder().setResponseStatus(wanted).build());
    requests.onCompleted();
    assertThat(heard.failure().getStatus().getDescription()).isEqualTo("test status message");
  }

  @Test
  void specialStatusMessage() {
    String message = "\t\ntest with whitespace\r\nand Unicode BMP ☺ and non-BMP 😈\t\n";
    EchoStatus wanted = EchoStatus.newBuilder().setCode(2).setMessage(message).build();
    Status status =
        failureOf(() -> blocking.unaryCall(large().setResponseStatus(wanted).build())).getStatus();
    assertThat(status.getDescription()).isEqualTo(message);
  }

  @Test
  void unimplementedMethod() {
    Status status =
        failureOf(() -> blocking.unimplementedCall(Empty.getDefaultInstance())).getStatus();
    assertThat(status.getCode()).isEqualTo(Status.Code.UNIMPLEMENTED);
    assertThat(status.getDescription()).contains("UnimplementedCall", "offered: EmptyCall");
  }

  @Test
  void unimplementedService() {
    var stub = UnimplementedServiceGrpc.newBlockingStub(channel);
    assertThat(codeOf(() -> stub.unimplementedCall(Empty.getDefaultInstance())))
        .isEqualTo(Status.Code.UNIMPLEMENTED);
  }

  @Test
  void cancelAfterBegin() {
    Heard<StreamingInputCallResponse> heard = new Heard<>();
    var requests =
        (ClientCallStreamObserver<StreamingInputCallRequest>) async.streamingInputCall(heard);
    await().until(() -> service.begun.get() == 1);
    requests.cancel("test", null);
    assertThat(heard.failure().getStatus().getCode()).isEqualTo(Status.Code.CANCELLED);
    await().until(() -> service.cancelled.get() == 1);
    await().until(() -> server.inFlight() == 0);
  }

  @Test
  void cancelAfterFirstResponse() {
    Heard<StreamingOutputCallResponse> heard = new Heard<>();
    var requests =
        (ClientCallStreamObserver<StreamingOutputCallRequest>) async.fullDuplexCall(heard);
    requests.onNext(outputs(31_415));
    heard.await(1);
    requests.cancel("test", null);
    assertThat(heard.failure().getStatus().getCode()).isEqualTo(Status.Code.CANCELLED);
    await().until(() -> service.cancelled.get() == 1);
  }

  @Test
  void timeoutOnSleepingServer() {
    Heard<StreamingOutputCallResponse> heard = new Heard<>();
    StreamObserver<StreamingOutputCallRequest> requests =
        TestServiceGrpc.newStub(channel)
            .withDeadlineAfter(20, TimeUnit.MILLISECONDS)
            .fullDuplexCall(heard);
    requests.onNext(input27k());
    assertThat(heard.failure().getStatus().getCode()).isEqualTo(Status.Code.DEADLINE_EXCEEDED);
    await().until(() -> server.inFlight() == 0);
  }

  @Test
  void perRpcAndChannelInterceptorsOfTheClientSeeOrdinaryReplies() {
    var intercepted =
        ClientInterceptors.intercept(
            channel, MetadataUtils.newAttachHeadersInterceptor(echoMetadata()));
    var stub = TestServiceGrpc.newBlockingStub(intercepted);
    assertThat(stub.emptyCall(Empty.getDefaultInstance())).isNotNull();
  }

  /** Small replies are written in another way than large ones. */
  @Test
  void manyCallsAtOnceAllGetTheirOwnReply() {
    int step = 40;
    List<Heard<SimpleResponse>> replies = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      Heard<SimpleResponse> heard = new Heard<>();
      replies.add(heard);
      async.unaryCall(SimpleRequest.newBuilder().setResponseSize(i * step).build(), heard);
    }
    IntStream.range(0, replies.size())
        .forEach(
            i ->
                assertThat(replies.get(i).all().get(0).getPayload().getBody().size())
                    .isEqualTo(i * step));
  }

  @Test
  void concurrentLargeUnary() {
    List<Heard<SimpleResponse>> replies = new ArrayList<>();
    for (int i = 0; i < 150; i++) {
      Heard<SimpleResponse> heard = new Heard<>();
      replies.add(heard);
      async.unaryCall(large().build(), heard);
    }
    assertThat(replies).allSatisfy(StockClientTest::assertLarge);
  }

  @Test
  void rpcSoak() {
    for (int i = 0; i < 100; i++) {
      assertThat(blocking.unaryCall(large().build()).getPayload().getBody().size())
          .isEqualTo(LARGE_RESPONSE);
    }
  }

  @Test
  void channelSoak() throws InterruptedException {
    for (int i = 0; i < 20; i++) {
      ManagedChannel once =
          NettyChannelBuilder.forAddress("127.0.0.1", server.port()).usePlaintext().build();
      SimpleResponse reply = TestServiceGrpc.newBlockingStub(once).unaryCall(large().build());
      assertThat(reply.getPayload().getBody().size()).isEqualTo(LARGE_RESPONSE);
      assertThat(once.shutdown().awaitTermination(10, TimeUnit.SECONDS)).isTrue();
    }
    await().until(() -> server.inFlight() == 0);
  }

  private static void assertLarge(Heard<SimpleResponse> heard) {
    assertThat(heard.all().get(0).getPayload().getBody().size()).isEqualTo(LARGE_RESPONSE);
  }

  private static void upload(StreamObserver<StreamingInputCallRequest> requests) {
    for (int size : REQUEST_SIZES) {
      requests.onNext(input(size));
    }
    requests.onCompleted();
  }

  private static StreamingOutputCallRequest input27k() {
    return StreamingOutputCallRequest.newBuilder().setPayload(payload(27_182)).build();
  }

  private static StreamingInputCallRequest input(int size) {
    return StreamingInputCallRequest.newBuilder().setPayload(payload(size)).build();
  }

  private static StreamingOutputCallRequest outputs(int... sizes) {
    StreamingOutputCallRequest.Builder request = StreamingOutputCallRequest.newBuilder();
    for (int size : sizes) {
      request.addResponseParameters(ResponseParameters.newBuilder().setSize(size));
    }
    return request.build();
  }

  private static SimpleRequest.Builder large() {
    return SimpleRequest.newBuilder()
        .setResponseSize(LARGE_RESPONSE)
        .setPayload(payload(LARGE_REQUEST));
  }

  private static Payload payload(int size) {
    return Payload.newBuilder().setBody(ByteString.copyFrom(new byte[size])).build();
  }

  private static List<Integer> sizes(Iterator<StreamingOutputCallResponse> replies) {
    List<Integer> sizes = new ArrayList<>();
    replies.forEachRemaining(reply -> sizes.add(reply.getPayload().getBody().size()));
    return sizes;
  }

  private static Metadata echoMetadata() {
    Metadata metadata = new Metadata();
    metadata.put(ECHO_INITIAL, "test_initial_metadata_value");
    metadata.put(ECHO_TRAILING, new byte[] {(byte) 0xab, (byte) 0xab, (byte) 0xab});
    return metadata;
  }

  private static void assertEchoed(Metadata headers, Metadata trailers) {
    assertThat(headers.get(ECHO_INITIAL)).isEqualTo("test_initial_metadata_value");
    assertThat(trailers.get(ECHO_TRAILING)).containsExactly(0xab, 0xab, 0xab);
  }

  private static Status.Code codeOf(Runnable call) {
    return failureOf(call).getStatus().getCode();
  }

  private static StatusRuntimeException failureOf(Runnable call) {
    return catchThrowableOfType(StatusRuntimeException.class, call::run);
  }
}
