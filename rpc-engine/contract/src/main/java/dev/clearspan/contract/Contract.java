package dev.clearspan.contract;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.EnumDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.DescriptorProtos.ServiceDescriptorProto;
import com.google.protobuf.ExtensionRegistry;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.clearspan.protocol.OptionsProto;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The services and types of some .proto files, by name. Not linked: what a set refers to and does
 * not have is compared by its name. Immutable.
 */
public final class Contract {
  private static final ExtensionRegistry OPTIONS = ExtensionRegistry.newInstance();

  // Numbers of the lists in descriptor.proto, of which source locations are made.
  private static final int FILE_MESSAGES = 4;
  private static final int FILE_ENUMS = 5;
  private static final int FILE_SERVICES = 6;
  private static final int NESTED_MESSAGES = 3;
  private static final int NESTED_ENUMS = 4;

  static {
    OptionsProto.registerAllExtensions(OPTIONS);
  }

  private final SortedMap<String, Declared<ServiceDescriptorProto>> services = new TreeMap<>();
  private final Map<String, Declared<DescriptorProto>> messages = new HashMap<>();
  private final Map<String, Declared<EnumDescriptorProto>> enums = new HashMap<>();

  private Contract(List<FileDescriptorProto> files) {
    files.forEach(this::add);
  }

  /**
   * The contract of a serialized {@code google.protobuf.FileDescriptorSet}.
   *
   * @throws IllegalArgumentException if it is none
   */
  public static Contract parse(byte[] fileDescriptorSet) {
    try {
      return new Contract(FileDescriptorSet.parseFrom(fileDescriptorSet, OPTIONS).getFileList());
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalArgumentException(
          "descriptor set: %d bytes that are none: %s (expected: what protoc writes with"
                  .formatted(fileDescriptorSet.length, e.getMessage())
              + " --descriptor_set_out)",
          e);
    }
  }

  /** Full names of the services. */
  public SortedSet<String> services() {
    return Collections.unmodifiableSortedSet(new TreeSet<>(services.keySet()));
  }

  @Nullable Declared<ServiceDescriptorProto> service(String name) {
    return services.get(name);
  }

  @Nullable Declared<DescriptorProto> message(String name) {
    return messages.get(name);
  }

  @Nullable Declared<EnumDescriptorProto> enumeration(String name) {
    return enums.get(name);
  }

  private void add(FileDescriptorProto file) {
    Place place = Place.of(file);
    String prefix = file.getPackage().isEmpty() ? "" : file.getPackage() + ".";
    for (int i = 0; i < file.getServiceCount(); i++) {
      ServiceDescriptorProto service = file.getService(i);
      String name = prefix + service.getName();
      services.put(name, new Declared<>(name, service, place.part(FILE_SERVICES, i)));
    }
    for (int i = 0; i < file.getMessageTypeCount(); i++) {
      add(prefix, file.getMessageType(i), place.part(FILE_MESSAGES, i));
    }
    for (int i = 0; i < file.getEnumTypeCount(); i++) {
      add(prefix, file.getEnumType(i), place.part(FILE_ENUMS, i));
    }
  }

  /** Goes as deep as protobuf's parser, which stops at 100. */
  private void add(String prefix, DescriptorProto message, Place place) {
    String name = prefix + message.getName();
    messages.put(name, new Declared<>(name, message, place));
    for (int i = 0; i < message.getNestedTypeCount(); i++) {
      add(name + ".", message.getNestedType(i), place.part(NESTED_MESSAGES, i));
    }
    for (int i = 0; i < message.getEnumTypeCount(); i++) {
      add(name + ".", message.getEnumType(i), place.part(NESTED_ENUMS, i));
    }
  }

  private void add(String prefix, EnumDescriptorProto enumeration, Place place) {
    String name = prefix + enumeration.getName();
    enums.put(name, new Declared<>(name, enumeration, place));
  }
}
