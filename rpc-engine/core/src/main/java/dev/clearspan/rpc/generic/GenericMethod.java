package dev.clearspan.rpc.generic;

import com.google.protobuf.DescriptorProtos.MethodOptions;
import com.google.protobuf.DescriptorProtos.MethodOptions.IdempotencyLevel;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.ExtensionRegistry;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.clearspan.protocol.OptionsProto;
import dev.clearspan.rpc.Codec;
import dev.clearspan.rpc.MethodKind;
import dev.clearspan.rpc.MethodShape;
import dev.clearspan.rpc.MethodSpec;
import dev.clearspan.rpc.ProtobufCodec;

/**
 * A method known by its descriptor only. Immutable.
 *
 * @param descriptor of the .proto
 * @param spec with which any channel calls it; kind and idempotency are the .proto's
 * @param request JSON form of its requests
 * @param reply JSON form of its replies
 */
public record GenericMethod(
    MethodDescriptor descriptor,
    MethodSpec<DynamicMessage, DynamicMessage> spec,
    JsonForm request,
    JsonForm reply) {
  private static final ExtensionRegistry OPTIONS = options();

  static GenericMethod of(MethodDescriptor method, KnownTypes types) {
    String name = method.getService().getFullName() + "/" + method.getName();
    MethodOptions options = readable(method.getOptions());
    MethodSpec<DynamicMessage, DynamicMessage> spec =
        new MethodSpec<>(
            name,
            MethodShape.of(method.isClientStreaming(), method.isServerStreaming()),
            kind(options),
            options.getIdempotencyLevel() != IdempotencyLevel.IDEMPOTENCY_UNKNOWN,
            codec(method.getInputType(), types),
            codec(method.getOutputType(), types));
    return new GenericMethod(
        method,
        spec,
        new JsonForm("request of " + name, method.getInputType(), types.messages()),
        new JsonForm("reply of " + name, method.getOutputType(), types.messages()));
  }

  private static Codec<DynamicMessage> codec(Descriptor type, KnownTypes types) {
    return ProtobufCodec.of(DynamicMessage.getDefaultInstance(type), types.extensions());
  }

  private static MethodKind kind(MethodOptions options) {
    return switch (options.getExtension(OptionsProto.kind)) {
      case QUERY -> MethodKind.QUERY;
      case EXTERNAL -> MethodKind.EXTERNAL;
      case WRITE, METHOD_KIND_UNSPECIFIED, UNRECOGNIZED -> MethodKind.WRITE;
    };
  }

  /** Whoever parsed the descriptors need not have known our option: then it is an unknown field. */
  private static MethodOptions readable(MethodOptions options) {
    try {
      return MethodOptions.parseFrom(options.toByteString(), OPTIONS);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("options that were parsed once are valid", e);
    }
  }

  private static ExtensionRegistry options() {
    ExtensionRegistry registry = ExtensionRegistry.newInstance();
    OptionsProto.registerAllExtensions(registry);
    return registry;
  }
}
