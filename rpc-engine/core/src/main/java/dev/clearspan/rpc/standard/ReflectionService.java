package dev.clearspan.rpc.standard;

import com.google.protobuf.Descriptors.FileDescriptor;
import dev.clearspan.protocol.grpc.reflection.ErrorResponse;
import dev.clearspan.protocol.grpc.reflection.ExtensionNumberResponse;
import dev.clearspan.protocol.grpc.reflection.ExtensionRequest;
import dev.clearspan.protocol.grpc.reflection.FileDescriptorResponse;
import dev.clearspan.protocol.grpc.reflection.ListServiceResponse;
import dev.clearspan.protocol.grpc.reflection.ReflectionProto;
import dev.clearspan.protocol.grpc.reflection.ServerReflectionRequest;
import dev.clearspan.protocol.grpc.reflection.ServerReflectionResponse;
import dev.clearspan.protocol.grpc.reflection.ServiceResponse;
import dev.clearspan.rpc.Metadata;
import dev.clearspan.rpc.MethodKind;
import dev.clearspan.rpc.MethodShape;
import dev.clearspan.rpc.MethodSpec;
import dev.clearspan.rpc.ProtobufCodec;
import dev.clearspan.rpc.ReplyStream;
import dev.clearspan.rpc.RpcException;
import dev.clearspan.rpc.RpcService;
import dev.clearspan.rpc.ServiceDefinition;
import dev.clearspan.rpc.ServiceDefinition.BoundMethod;
import dev.clearspan.rpc.Status;
import dev.clearspan.rpc.StreamReceiver;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * gRPC's server reflection (doc/server-reflection.md): tells the .proto files of the services that
 * a server offers. Under its name v1 and, for older tools, v1alpha, which is the same on the wire.
 * Thread-safe.
 */
public final class ReflectionService implements RpcService {
  private static final String V1 = "grpc.reflection.v1.ServerReflection";
  private static final String V1_ALPHA = "grpc.reflection.v1alpha.ServerReflection";

  private final String name;
  private final Set<String> services;
  private final DescriptorIndex index;

  private ReflectionService(String name, Set<String> services, DescriptorIndex index) {
    this.name = name;
    this.services = services;
    this.index = index;
  }

  /**
   * Reflection on these services, under both names; empty if none of them has a descriptor.
   *
   * @param offered what the server offers beside it
   */
  public static List<ReflectionService> of(Collection<ServiceDefinition> offered) {
    List<FileDescriptor> files =
        offered.stream().map(ServiceDefinition::file).filter(Objects::nonNull).toList();
    if (files.isEmpty()) {
      return List.of();
    }
    Set<String> names = new TreeSet<>(Set.of(V1, V1_ALPHA));
    offered.forEach(service -> names.add(service.name()));
    DescriptorIndex index =
        new DescriptorIndex(
            Stream.concat(files.stream(), Stream.of(ReflectionProto.getDescriptor())).toList());
    return List.of(
        new ReflectionService(V1, names, index), new ReflectionService(V1_ALPHA, names, index));
  }

  @Override
  public ServiceDefinition definition() {
    MethodSpec<ServerReflectionRequest, ServerReflectionResponse> info =
        new MethodSpec<>(
            name + "/ServerReflectionInfo",
            MethodShape.BIDI_STREAMING,
            MethodKind.QUERY,
            true,
            ProtobufCodec.of(ServerReflectionRequest.getDefaultInstance()),
            ProtobufCodec.of(ServerReflectionResponse.getDefaultInstance()));
    FileDescriptor file = name.equals(V1) ? ReflectionProto.getDescriptor() : null;
    return new ServiceDefinition(
        name, List.of(BoundMethod.async(info, (call, replies) -> new Answers(replies))), file);
  }

  private ServerReflectionResponse answer(ServerReflectionRequest request) {
    ServerReflectionResponse.Builder response =
        ServerReflectionResponse.newBuilder()
            .setValidHost(request.getHost())
            .setOriginalRequest(request);
    switch (request.getMessageRequestCase()) {
      case FILE_BY_FILENAME ->
          answerFile(
              response, index.file(request.getFileByFilename()), request.getFileByFilename());
      case FILE_CONTAINING_SYMBOL ->
          answerFile(
              response,
              index.declaring(request.getFileContainingSymbol()),
              request.getFileContainingSymbol());
      case FILE_CONTAINING_EXTENSION ->
          answerExtension(response, request.getFileContainingExtension());
      case ALL_EXTENSION_NUMBERS_OF_TYPE ->
          answerNumbers(response, request.getAllExtensionNumbersOfType());
      case LIST_SERVICES -> response.setListServicesResponse(listed());
      default -> fail(response, Status.Code.INVALID_ARGUMENT, "request: none (expected: one)");
    }
    return response.build();
  }

  private static void answerFile(
      ServerReflectionResponse.Builder response, @Nullable FileDescriptor file, String asked) {
    if (file == null) {
      fail(response, Status.Code.NOT_FOUND, "not offered here: " + asked);
      return;
    }
    FileDescriptorResponse.Builder files = FileDescriptorResponse.newBuilder();
    for (FileDescriptor each : DescriptorIndex.withImports(file)) {
      files.addFileDescriptorProto(each.toProto().toByteString());
    }
    response.setFileDescriptorResponse(files);
  }

  private void answerExtension(ServerReflectionResponse.Builder response, ExtensionRequest asked) {
    FileDescriptor file = index.extending(asked.getContainingType(), asked.getExtensionNumber());
    String shown = asked.getContainingType() + " extension " + asked.getExtensionNumber();
    answerFile(response, file, shown);
  }

  private void answerNumbers(ServerReflectionResponse.Builder response, String message) {
    Set<Integer> numbers = index.extensionNumbers(message);
    if (numbers == null) {
      fail(response, Status.Code.NOT_FOUND, "not offered here: " + message);
    } else {
      response.setAllExtensionNumbersResponse(
          ExtensionNumberResponse.newBuilder()
              .setBaseTypeName(message)
              .addAllExtensionNumber(numbers));
    }
  }

  private ListServiceResponse listed() {
    ListServiceResponse.Builder list = ListServiceResponse.newBuilder();
    services.forEach(each -> list.addService(ServiceResponse.newBuilder().setName(each)));
    return list.build();
  }

  private static void fail(
      ServerReflectionResponse.Builder response, Status.Code code, String message) {
    response.setErrorResponse(
        ErrorResponse.newBuilder().setErrorCode(code.ordinal()).setErrorMessage(message));
  }

  /** One call: each request is answered before the next is asked for. */
  private final class Answers implements StreamReceiver<ServerReflectionRequest> {
    private final ReplyStream<ServerReflectionResponse> replies;

    Answers(ReplyStream<ServerReflectionResponse> replies) {
      this.replies = replies;
      replies.request(1);
    }

    @Override
    public void message(ServerReflectionRequest request) {
      replies.send(answer(request));
      replies.request(1);
    }

    @Override
    public void finished() {
      replies.finish();
    }

    @Override
    public void ended(@Nullable RpcException failure, Metadata trailers) {}
  }
}
