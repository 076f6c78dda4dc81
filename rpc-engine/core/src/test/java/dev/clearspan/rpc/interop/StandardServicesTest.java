package dev.clearspan.rpc.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import dev.clearspan.protocol.PolicyProto;
import dev.clearspan.rpc.RpcServer;
import dev.clearspan.rpc.RpcService;
import dev.clearspan.rpc.ServiceDefinition;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import io.grpc.reflection.v1.ServerReflectionRequest;
import io.grpc.reflection.v1.ServerReflectionResponse;
import io.grpc.reflection.v1.ServiceResponse;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Health checking and reflection, asked with grpc-java's own stubs. */
class StandardServicesTest {
  private static final String SERVICE = "test.Described";

  private final RpcServer server = RpcServer.builder("described").service(described()).start();
  private final ManagedChannel channel = channelTo(server);
  private final HealthGrpc.HealthBlockingStub health = HealthGrpc.newBlockingStub(channel);

  @AfterEach
  void stop() throws InterruptedException {
    channel.shutdownNow();
    assertThat(channel.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
    server.close();
  }

  @Test
  void serverAndServicesAreServing() {
    assertThat(check("")).isEqualTo(ServingStatus.SERVING);
    assertThat(check(SERVICE)).isEqualTo(ServingStatus.SERVING);
  }

  @Test
  void oneServiceMayBeTakenOut() {
    server.setServing(SERVICE, false);
    assertThat(check(SERVICE)).isEqualTo(ServingStatus.NOT_SERVING);
    assertThat(check("")).isEqualTo(ServingStatus.SERVING);
  }

  @Test
  void unknownServicesAreNotFound() {
    StatusRuntimeException failure =
        catchThrowableOfType(StatusRuntimeException.class, () -> check("no.Such"));
    assertThat(failure.getStatus().getCode()).isEqualTo(Status.Code.NOT_FOUND);
  }

  @Test
  void watchersHearEachChangeUntilTheServerDrains() {
    Heard<HealthCheckResponse> heard = new Heard<>();
    HealthGrpc.newStub(channel).watch(request(SERVICE), heard);
    heard.await(1);
    server.setServing(SERVICE, false);
    heard.await(2);
    server.setServing(SERVICE, true);
    heard.await(3);
    server.drain();
    assertThat(heard.failure().getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
    assertThat(heard.messages)
        .extracting(HealthCheckResponse::getStatus)
        .containsExactly(
            ServingStatus.SERVING,
            ServingStatus.NOT_SERVING,
            ServingStatus.SERVING,
            ServingStatus.NOT_SERVING);
  }

  @Test
  void watchersOfUnknownServicesAreToldSo() {
    Heard<HealthCheckResponse> heard = new Heard<>();
    HealthGrpc.newStub(channel).watch(request("no.Such"), heard);
    heard.await(1);
    assertThat(heard.messages.get(0).getStatus()).isEqualTo(ServingStatus.SERVICE_UNKNOWN);
  }

  @Test
  void reflectionListsTheServices() {
    ServerReflectionResponse reply = reflect(ask().setListServices("").build()).get(0);
    assertThat(reply.getListServicesResponse().getServiceList())
        .extracting(ServiceResponse::getName)
        .contains(SERVICE, "grpc.reflection.v1.ServerReflection");
  }

  @Test
  void reflectionGivesTheFileOfASymbolAndItsImports() throws Exception {
    ServerReflectionResponse reply =
        reflect(ask().setFileContainingSymbol("clearspan.ServicePolicy").build()).get(0);
    FileDescriptorProto first =
        FileDescriptorProto.parseFrom(reply.getFileDescriptorResponse().getFileDescriptorProto(0));
    assertThat(first.getName()).isEqualTo(PolicyProto.getDescriptor().getName());
    assertThat(reply.getFileDescriptorResponse().getFileDescriptorProtoCount())
        .isGreaterThanOrEqualTo(1 + PolicyProto.getDescriptor().getDependencies().size());
  }

  @Test
  void reflectionAnswersOneAfterTheOtherOnOneStream() {
    List<ServerReflectionResponse> replies =
        reflect(
            ask().setFileByFilename(PolicyProto.getDescriptor().getName()).build(),
            ask().setFileContainingSymbol("no.such.Thing").build(),
            ask().setAllExtensionNumbersOfType("google.protobuf.MethodOptions").build());
    assertThat(replies).hasSize(3);
    assertThat(replies.get(0).getFileDescriptorResponse().getFileDescriptorProtoCount())
        .isPositive();
    assertThat(replies.get(1).getErrorResponse().getErrorCode())
        .isEqualTo(Status.Code.NOT_FOUND.value());
  }

  @Test
  void theOlderNameIsServedToo() {
    var stub = io.grpc.reflection.v1alpha.ServerReflectionGrpc.newStub(channel);
    Heard<io.grpc.reflection.v1alpha.ServerReflectionResponse> heard = new Heard<>();
    var requests = stub.serverReflectionInfo(heard);
    requests.onNext(
        io.grpc.reflection.v1alpha.ServerReflectionRequest.newBuilder()
            .setListServices("")
            .build());
    requests.onCompleted();
    assertThat(heard.all()).hasSize(1);
  }

  @Test
  void theyCanBeSwitchedOff() {
    try (RpcServer bare =
        RpcServer.builder("bare").service(described()).standardServices(false).start()) {
      ManagedChannel toBare = channelTo(bare);
      StatusRuntimeException failure =
          catchThrowableOfType(
              StatusRuntimeException.class,
              () -> HealthGrpc.newBlockingStub(toBare).check(request("")));
      assertThat(failure.getStatus().getCode()).isEqualTo(Status.Code.UNIMPLEMENTED);
      toBare.shutdownNow();
    }
  }

  private List<ServerReflectionResponse> reflect(ServerReflectionRequest... asked) {
    Heard<ServerReflectionResponse> heard = new Heard<>();
    StreamObserver<ServerReflectionRequest> requests =
        ServerReflectionGrpc.newStub(channel).serverReflectionInfo(heard);
    for (ServerReflectionRequest each : asked) {
      requests.onNext(each);
    }
    requests.onCompleted();
    return heard.all();
  }

  private ServingStatus check(String service) {
    return health.check(request(service)).getStatus();
  }

  private static HealthCheckRequest request(String service) {
    return HealthCheckRequest.newBuilder().setService(service).build();
  }

  private static ServerReflectionRequest.Builder ask() {
    return ServerReflectionRequest.newBuilder();
  }

  private static ManagedChannel channelTo(RpcServer server) {
    return NettyChannelBuilder.forAddress("127.0.0.1", server.port()).usePlaintext().build();
  }

  /** A service without methods whose descriptor is at hand. */
  private static RpcService described() {
    return () -> new ServiceDefinition(SERVICE, List.of(), PolicyProto.getDescriptor());
  }
}
