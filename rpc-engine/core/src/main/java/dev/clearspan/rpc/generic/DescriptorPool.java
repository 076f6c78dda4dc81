package dev.clearspan.rpc.generic;

import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The services of some .proto files, ready to be called without generated code. Immutable. */
public final class DescriptorPool {
  private static final int MOST_NAMES = 10;

  private final Map<String, ServiceDescriptor> services = new LinkedHashMap<>();
  private final Map<String, GenericMethod> methods = new LinkedHashMap<>();

  private DescriptorPool(Collection<FileDescriptor> files) {
    KnownTypes types = KnownTypes.of(files);
    for (FileDescriptor file : files) {
      for (ServiceDescriptor service : file.getServices()) {
        services.put(service.getFullName(), service);
        for (MethodDescriptor method : service.getMethods()) {
          GenericMethod generic = GenericMethod.of(method, types);
          methods.put(generic.spec().fullName(), generic);
        }
      }
    }
  }

  /**
   * The services of a descriptor set, as protoc writes it with {@code --include_imports}; files of
   * protobuf itself may be missing.
   *
   * @throws IllegalArgumentException if it does not hold together; the message names the file
   */
  public static DescriptorPool of(FileDescriptorSet files) {
    return new DescriptorPool(FileLinker.link(files));
  }

  /** The services of these files. */
  public static DescriptorPool of(Collection<FileDescriptor> files) {
    return new DescriptorPool(List.copyOf(files));
  }

  /** All services, in the order of the files. */
  public Collection<ServiceDescriptor> services() {
    return List.copyOf(services.values());
  }

  /**
   * The method with this name.
   *
   * @param fullName "package.Service/Method"
   * @throws UnknownMethodException if there is none; its message says what there is
   */
  public GenericMethod method(String fullName) {
    GenericMethod method = methods.get(fullName);
    if (method == null) {
      throw missing(fullName);
    }
    return method;
  }

  private UnknownMethodException missing(String fullName) {
    int slash = fullName.indexOf('/');
    String serviceName = slash < 0 ? fullName : fullName.substring(0, slash);
    ServiceDescriptor service = services.get(serviceName);
    if (slash < 0) {
      return unknown("method", fullName, methods.keySet(), "");
    }
    if (service == null) {
      return unknown("service", serviceName, services.keySet(), "");
    }
    List<String> offered = service.getMethods().stream().map(MethodDescriptor::getName).toList();
    return unknown("method", fullName.substring(slash + 1), offered, " of " + serviceName);
  }

  private static UnknownMethodException unknown(
      String what, String name, Collection<String> offered, String owner) {
    @Nullable String nearest = Nearest.of(name, offered);
    String listed = offered.stream().limit(MOST_NAMES).collect(Collectors.joining(", "));
    int more = offered.size() - MOST_NAMES;
    String text =
        "unknown %s %s%s%s (expected: package.Service/Method; offered: %s%s)"
            .formatted(
                what,
                Nearest.shown(name),
                owner,
                nearest == null ? "" : ", did you mean " + nearest + "?",
                offered.isEmpty() ? "none" : listed,
                more > 0 ? " and " + more + " more" : "");
    return new UnknownMethodException(text, nearest);
  }
}
