package dev.clearspan.console.descriptor;

import com.google.protobuf.DescriptorProtos.MethodOptions.IdempotencyLevel;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Descriptors.OneofDescriptor;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import dev.clearspan.console.descriptor.ServiceDoc.FieldDoc;
import dev.clearspan.console.descriptor.ServiceDoc.MethodDoc;
import dev.clearspan.console.descriptor.ServiceDoc.ProtoService;
import dev.clearspan.console.descriptor.ServiceDoc.TypeDoc;
import dev.clearspan.console.descriptor.ServiceDoc.ValueDoc;
import dev.clearspan.rpc.generic.GenericMethod;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Describes what a descriptor set offers. Not thread-safe; made and thrown away by {@link #of}. */
public final class Documentation {
  private static final int MOST_TYPES = 2_000;

  // Numbers of the lists in descriptor.proto, of which source locations are made.
  private static final int FILE_MESSAGES = 4;
  private static final int FILE_ENUMS = 5;
  private static final int FILE_SERVICES = 6;
  private static final int NESTED_MESSAGES = 3;
  private static final int NESTED_ENUMS = 4;
  private static final int PARTS = 2; // fields, values, methods

  private final DescriptorSet set;
  private final Comments comments = new Comments();
  private final Map<String, TypeDoc> types = new LinkedHashMap<>();
  private final Deque<Descriptor> messages = new ArrayDeque<>();

  private Documentation(DescriptorSet set) {
    this.set = set;
  }

  /** What the set offers, as the service's. */
  public static ServiceDoc of(String service, List<LiveVersion> versions, DescriptorSet set) {
    Documentation documentation = new Documentation(set);
    List<ProtoService> services =
        set.pool().services().stream().map(documentation::service).toList();
    documentation.describeMessages();
    return new ServiceDoc(service, versions, set.hash(), services, documentation.types);
  }

  /** Whether calling the method twice is not the same as once, as far as its .proto says. */
  public static boolean needsConfirmation(MethodDescriptor method) {
    return method.getOptions().getIdempotencyLevel() == IdempotencyLevel.IDEMPOTENCY_UNKNOWN;
  }

  private ProtoService service(ServiceDescriptor service) {
    Integer[] path = {FILE_SERVICES, service.getIndex()};
    return new ProtoService(
        service.getFullName(),
        service.getFile().getName(),
        comments.of(service, path),
        service.getOptions().getDeprecated(),
        service.getMethods().stream().map(method -> method(method, path)).toList());
  }

  private MethodDoc method(MethodDescriptor method, Integer[] service) {
    GenericMethod generic =
        set.pool().method(method.getService().getFullName() + "/" + method.getName());
    messages.add(method.getInputType());
    messages.add(method.getOutputType());
    return new MethodDoc(
        generic.spec().fullName(),
        method.getName(),
        generic.spec().shape().name().toLowerCase(Locale.ROOT),
        generic.spec().kind().name(),
        method.getOptions().getIdempotencyLevel().name().replace("IDEMPOTENCY_", ""),
        needsConfirmation(method),
        method.getOptions().getDeprecated(),
        comments.of(method, Comments.within(service, PARTS, method.getIndex())),
        method.getInputType().getFullName(),
        method.getOutputType().getFullName(),
        Skeletons.of(method.getInputType()));
  }

  private void describeMessages() {
    for (Descriptor message = messages.poll(); message != null; message = messages.poll()) {
      if (types.size() < MOST_TYPES && !types.containsKey(message.getFullName())) {
        types.put(message.getFullName(), describe(message));
      }
    }
  }

  private TypeDoc describe(Descriptor message) {
    Integer[] path = path(message);
    return new TypeDoc(
        message.getFullName(),
        message.getFile().getName(),
        comments.of(message, path),
        message.getOptions().getDeprecated(),
        IntStream.range(0, message.getFields().size())
            .mapToObj(i -> field(message.getFields().get(i), Comments.within(path, PARTS, i)))
            .toList(),
        List.of());
  }

  private FieldDoc field(FieldDescriptor field, Integer[] path) {
    OneofDescriptor oneof = field.getRealContainingOneof();
    return new FieldDoc(
        field.getName(),
        field.getJsonName(),
        field.getNumber(),
        field.isMapField() ? mapType(field) : typeName(field),
        reference(field.isMapField() ? field.getMessageType().findFieldByNumber(2) : field),
        field.isRepeated() && !field.isMapField(),
        field.isRequired(),
        field.toProto().getProto3Optional(),
        oneof == null ? null : oneof.getName(),
        field.hasDefaultValue() ? String.valueOf(field.getDefaultValue()) : null,
        field.getOptions().getDeprecated(),
        comments.of(field, path));
  }

  private @Nullable String reference(FieldDescriptor field) {
    if (field.getJavaType() == JavaType.MESSAGE) {
      messages.add(field.getMessageType());
      return field.getMessageType().getFullName();
    }
    if (field.getJavaType() == JavaType.ENUM) {
      EnumDescriptor type = field.getEnumType();
      types.computeIfAbsent(type.getFullName(), name -> describe(type));
      return type.getFullName();
    }
    return null;
  }

  private TypeDoc describe(EnumDescriptor type) {
    Integer[] path = path(type);
    List<EnumValueDescriptor> values = type.getValues();
    return new TypeDoc(
        type.getFullName(),
        type.getFile().getName(),
        comments.of(type, path),
        type.getOptions().getDeprecated(),
        List.of(),
        IntStream.range(0, values.size())
            .mapToObj(
                i ->
                    new ValueDoc(
                        values.get(i).getName(),
                        values.get(i).getNumber(),
                        values.get(i).getOptions().getDeprecated(),
                        comments.of(values.get(i), Comments.within(path, PARTS, i))))
            .toList());
  }

  private static String mapType(FieldDescriptor field) {
    Descriptor entry = field.getMessageType();
    return "map<%s, %s>"
        .formatted(typeName(entry.findFieldByNumber(1)), typeName(entry.findFieldByNumber(2)));
  }

  private static String typeName(FieldDescriptor field) {
    return switch (field.getJavaType()) {
      case MESSAGE -> field.getMessageType().getFullName();
      case ENUM -> field.getEnumType().getFullName();
      default -> field.getType().name().toLowerCase(Locale.ROOT);
    };
  }

  private static Integer[] path(Descriptor message) {
    Descriptor outer = message.getContainingType();
    return outer == null
        ? new Integer[] {FILE_MESSAGES, message.getIndex()}
        : Comments.within(path(outer), NESTED_MESSAGES, message.getIndex());
  }

  private static Integer[] path(EnumDescriptor type) {
    Descriptor outer = type.getContainingType();
    return outer == null
        ? new Integer[] {FILE_ENUMS, type.getIndex()}
        : Comments.within(path(outer), NESTED_ENUMS, type.getIndex());
  }
}
