package dev.clearspan.rpc.internal.http1;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.MethodDescriptorProto;
import com.google.protobuf.DescriptorProtos.MethodOptions;
import com.google.protobuf.DescriptorProtos.MethodOptions.IdempotencyLevel;
import com.google.protobuf.DescriptorProtos.ServiceDescriptorProto;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.StringValue;
import com.google.protobuf.WrappersProto;
import dev.clearspan.rpc.Call;
import dev.clearspan.rpc.Metadata;
import dev.clearspan.rpc.MethodKind;
import dev.clearspan.rpc.MethodSpec;
import dev.clearspan.rpc.ProtobufCodec;
import dev.clearspan.rpc.RpcException;
import dev.clearspan.rpc.RpcService;
import dev.clearspan.rpc.ServiceDefinition;
import dev.clearspan.rpc.ServiceDefinition.BoundMethod;
import dev.clearspan.rpc.Status;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;

/** Find has no side effects; Lend has, and always fails. */
final class BookService implements RpcService {
  private static final MethodSpec<StringValue, StringValue> FIND = method("Find", true);
  private static final MethodSpec<StringValue, StringValue> LEND = method("Lend", false);

  @Override
  public ServiceDefinition definition() {
    return new ServiceDefinition(
        "lib.Books",
        List.of(BoundMethod.unary(FIND, this::find), BoundMethod.unary(LEND, this::lend)),
        file());
  }

  private StringValue find(StringValue request) {
    Call call = Objects.requireNonNull(Call.current(), "current call");
    Metadata trailers = Metadata.EMPTY.with("cost", "237");
    String binary = call.spec().metadata().first("shelf-bin");
    call.setHeaders(Metadata.EMPTY.with("shelf", "upper"));
    call.setTrailers(binary == null ? trailers : trailers.with("echo-bin", binary));
    return StringValue.of("found " + request.getValue());
  }

  private StringValue lend(StringValue request) {
    Call call = Objects.requireNonNull(Call.current(), "current call");
    call.setTrailers(Metadata.EMPTY.with("cost", "237"));
    Metadata metadata =
        Metadata.EMPTY
            .withBinary("grpc-status-details-bin", details(Any.pack(request)))
            .with("retry-in", "9");
    throw new RpcException(
        Status.of(Status.Code.FAILED_PRECONDITION, "lent already"),
        metadata,
        RpcException.Origin.LOCAL,
        null,
        null);
  }

  /** A google.rpc.Status with one detail. */
  private static byte[] details(Any detail) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      CodedOutputStream out = CodedOutputStream.newInstance(bytes);
      out.writeInt32(1, 9);
      out.writeString(2, "lent already");
      out.writeBytes(3, ByteString.copyFrom(detail.toByteArray()));
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static MethodSpec<StringValue, StringValue> method(String name, boolean idempotent) {
    ProtobufCodec<StringValue> codec = ProtobufCodec.of(StringValue.getDefaultInstance());
    return new MethodSpec<>("lib.Books/" + name, MethodKind.QUERY, idempotent, codec, codec);
  }

  private static FileDescriptor file() {
    ServiceDescriptorProto service =
        ServiceDescriptorProto.newBuilder()
            .setName("Books")
            .addMethod(method("Find", IdempotencyLevel.NO_SIDE_EFFECTS))
            .addMethod(method("Lend", IdempotencyLevel.IDEMPOTENCY_UNKNOWN))
            .build();
    FileDescriptorProto file =
        FileDescriptorProto.newBuilder()
            .setName("lib/books.proto")
            .setPackage("lib")
            .addDependency(WrappersProto.getDescriptor().getName())
            .addService(service)
            .build();
    try {
      return FileDescriptor.buildFrom(file, new FileDescriptor[] {WrappersProto.getDescriptor()});
    } catch (DescriptorValidationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static MethodDescriptorProto method(String name, IdempotencyLevel level) {
    return MethodDescriptorProto.newBuilder()
        .setName(name)
        .setInputType(".google.protobuf.StringValue")
        .setOutputType(".google.protobuf.StringValue")
        .setOptions(MethodOptions.newBuilder().setIdempotencyLevel(level))
        .build();
  }
}
