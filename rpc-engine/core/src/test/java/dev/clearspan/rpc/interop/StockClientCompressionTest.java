package dev.clearspan.rpc.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.ByteString;
import dev.clearspan.rpc.RpcServer;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.testing.integration.Messages.BoolValue;
import io.grpc.testing.integration.Messages.Payload;
import io.grpc.testing.integration.Messages.ResponseParameters;
import io.grpc.testing.integration.Messages.SimpleRequest;
import io.grpc.testing.integration.Messages.StreamingInputCallRequest;
import io.grpc.testing.integration.Messages.StreamingInputCallResponse;
import io.grpc.testing.integration.Messages.StreamingOutputCallRequest;
import io.grpc.testing.integration.TestServiceGrpc;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The interop cases about compression with stock grpc-java as the client of our server. What is
 * compressed is seen on the wire; the service refuses requests that are not what they claim.
 */
class StockClientCompressionTest {
  private static final int LARGE_REQUEST = 271_828;
  private static final int LARGE_RESPONSE = 314_159;

  private RpcServer server;
  private WireTap tap;
  private ManagedChannel channel;
  private TestServiceGrpc.TestServiceBlockingStub blocking;

  @BeforeEach
  void start() throws Exception {
    server =
        RpcServer.builder("interop")
            .service(new InteropService(number -> tap.requests.get(number)))
            .start();
    tap = new WireTap(server.port());
    channel = NettyChannelBuilder.forAddress("127.0.0.1", tap.port()).usePlaintext().build();
    blocking = TestServiceGrpc.newBlockingStub(channel).withDeadlineAfter(30, TimeUnit.SECONDS);
  }

  @AfterEach
  void stop() throws Exception {
    channel.shutdownNow();
    assertThat(channel.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
    tap.close();
    server.close();
  }

  @Test
  void clientCompressedUnary() {
    SimpleRequest probe = large().setExpectCompressed(is(true)).build();
    StatusRuntimeException refused =
        catchThrowableOfType(StatusRuntimeException.class, () -> blocking.unaryCall(probe));
    assertThat(refused.getStatus().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);

    assertThat(sizeOf(blocking.withCompression("gzip"), probe)).isEqualTo(LARGE_RESPONSE);
    assertThat(sizeOf(blocking, large().setExpectCompressed(is(false)).build()))
        .isEqualTo(LARGE_RESPONSE);
    assertThat(tap.requests).containsExactly(false, true, false);
  }

  @Test
  void clientCompressedStreaming() {
    Heard<StreamingInputCallResponse> probed = new Heard<>();
    ClientCallStreamObserver<StreamingInputCallRequest> probe = upload(probed);
    probe.setMessageCompression(false);
    probe.onNext(input(27_182, true));
    probe.onCompleted();
    assertThat(probed.failure().getStatus().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);

    Heard<StreamingInputCallResponse> heard = new Heard<>();
    ClientCallStreamObserver<StreamingInputCallRequest> requests = upload(heard);
    requests.setMessageCompression(true);
    requests.onNext(input(27_182, true));
    requests.setMessageCompression(false);
    requests.onNext(input(45_904, false));
    requests.onCompleted();
    assertThat(heard.all().get(0).getAggregatedPayloadSize()).isEqualTo(73_086);
    assertThat(tap.requests).containsExactly(false, true, false);
  }

  @Test
  void serverCompressedUnary() {
    for (boolean packed : new boolean[] {true, false}) {
      SimpleRequest request = large().setResponseCompressed(is(packed)).build();
      assertThat(sizeOf(blocking, request)).isEqualTo(LARGE_RESPONSE);
    }
    assertThat(tap.replies).containsExactly(true, false);
  }

  @Test
  void serverCompressedStreaming() {
    StreamingOutputCallRequest request =
        StreamingOutputCallRequest.newBuilder()
            .addResponseParameters(output(31_415, true))
            .addResponseParameters(output(92_653, false))
            .build();
    List<Integer> sizes = new ArrayList<>();
    blocking
        .streamingOutputCall(request)
        .forEachRemaining(reply -> sizes.add(reply.getPayload().getBody().size()));
    assertThat(sizes).containsExactly(31_415, 92_653);
    assertThat(tap.replies).containsExactly(true, false);
  }

  private ClientCallStreamObserver<StreamingInputCallRequest> upload(
      Heard<StreamingInputCallResponse> heard) {
    return (ClientCallStreamObserver<StreamingInputCallRequest>)
        TestServiceGrpc.newStub(channel).withCompression("gzip").streamingInputCall(heard);
  }

  private static int sizeOf(TestServiceGrpc.TestServiceBlockingStub stub, SimpleRequest request) {
    return stub.unaryCall(request).getPayload().getBody().size();
  }

  private static SimpleRequest.Builder large() {
    return SimpleRequest.newBuilder()
        .setResponseSize(LARGE_RESPONSE)
        .setPayload(payload(LARGE_REQUEST));
  }

  private static StreamingInputCallRequest input(int size, boolean compressed) {
    return StreamingInputCallRequest.newBuilder()
        .setExpectCompressed(is(compressed))
        .setPayload(payload(size))
        .build();
  }

  private static ResponseParameters output(int size, boolean compressed) {
    return ResponseParameters.newBuilder().setSize(size).setCompressed(is(compressed)).build();
  }

  private static Payload payload(int size) {
    return Payload.newBuilder().setBody(ByteString.copyFrom(new byte[size])).build();
  }

  private static BoolValue is(boolean value) {
    return BoolValue.newBuilder().setValue(value).build();
  }
}
