package dev.clearspan.protoc;

import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileOptions.OptimizeMode;
import com.google.protobuf.DescriptorProtos.MethodDescriptorProto;
import com.google.protobuf.DescriptorProtos.MethodOptions;
import com.google.protobuf.DescriptorProtos.MethodOptions.IdempotencyLevel;
import com.google.protobuf.DescriptorProtos.ServiceDescriptorProto;
import dev.clearspan.protocol.MethodKind;
import dev.clearspan.protocol.OptionsProto;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads the services of one .proto file. */
final class ServiceReader {
  private final FileDescriptorProto file;
  private final JavaFile java;
  private final TypeIndex types;
  private final ProtoComments comments;

  private ServiceReader(FileDescriptorProto file, TypeIndex types) {
    this.file = file;
    this.java = new JavaFile(file);
    this.types = types;
    this.comments = ProtoComments.of(file);
  }

  static List<ServiceModel> services(FileDescriptorProto file, TypeIndex types) {
    ServiceReader reader = new ServiceReader(file, types);
    List<ServiceModel> services = new ArrayList<>();
    for (int i = 0; i < file.getServiceCount(); i++) {
      services.add(reader.service(i));
    }
    return services;
  }

  private ServiceModel service(int index) {
    ServiceDescriptorProto service = file.getService(index);
    String fullName =
        file.getPackage().isEmpty()
            ? service.getName()
            : file.getPackage() + "." + service.getName();
    refuseLiteRuntime(fullName);
    List<ServiceModel.Method> methods = new ArrayList<>();
    MethodNames names = new MethodNames();
    for (int i = 0; i < service.getMethodCount(); i++) {
      methods.add(method(fullName, service.getMethod(i), names, comments.ofMethod(index, i)));
    }
    return checked(
        new ServiceModel(
            fullName,
            service.getName(),
            file.getName(),
            java.outerType(),
            comments.ofService(index),
            List.copyOf(methods),
            neighbours(service.getName())));
  }

  private Set<String> neighbours(String service) {
    Set<String> names = new HashSet<>(types.topLevelNames(java.packageName()));
    for (ServiceDescriptorProto other : file.getServiceList()) {
      if (!other.getName().equals(service)) {
        names.add(other.getName() + "Client");
        names.add(other.getName() + "Base");
      }
    }
    return Set.copyOf(names);
  }

  private static ServiceModel checked(ServiceModel service) {
    for (JavaType generated : List.of(service.clientType(), service.baseType())) {
      if (service.neighbours().contains(generated.name())) {
        throw new GenerationException(
            "service %s: its class %s already is a message, enum, outer class or another service's"
                    .formatted(service.fullName(), generated.qualifiedName())
                + " (expected: a free name; rename one of them)");
      }
    }
    return service;
  }

  private void refuseLiteRuntime(String service) {
    if (file.getOptions().getOptimizeFor() == OptimizeMode.LITE_RUNTIME) {
      throw new GenerationException(
          "service %s: optimize_for = LITE_RUNTIME in %s (expected: SPEED or CODE_SIZE;"
                  .formatted(service, file.getName())
              + " JSON and reflection need descriptors)");
    }
  }

  private ServiceModel.Method method(
      String service, MethodDescriptorProto method, MethodNames names, String comment) {
    String fullName = service + "/" + method.getName();
    MethodOptions options = method.getOptions();
    Shape shape = Shape.of(method.getClientStreaming(), method.getServerStreaming());
    return new ServiceModel.Method(
        fullName,
        shape,
        names.next(method.getName(), shape),
        types.message(method.getInputType()),
        types.message(method.getOutputType()),
        kind(fullName, options),
        options.getIdempotencyLevel() != IdempotencyLevel.IDEMPOTENCY_UNKNOWN,
        options.getDeprecated(),
        comment);
  }

  private static MethodKind kind(String method, MethodOptions options) {
    MethodKind kind = options.getExtension(OptionsProto.kind);
    return switch (kind) {
      case METHOD_KIND_UNSPECIFIED -> MethodKind.WRITE;
      case QUERY, WRITE, EXTERNAL -> kind;
      case UNRECOGNIZED ->
          throw new GenerationException(
              method
                  + ": clearspan.kind has a number that this version does not know"
                  + " (expected: QUERY, WRITE or EXTERNAL)");
    };
  }
}
