package dev.clearspan.rpc.server;

import dev.clearspan.rpc.Interceptor;
import dev.clearspan.rpc.ServiceDefinition;
import dev.clearspan.rpc.Status;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** All methods a server offers. Immutable. */
public final class MethodTable {
  private static final int MOST_NAMES = 10;

  private final Map<String, ServedMethod<?, ?>> methods = new LinkedHashMap<>();
  private final Map<String, ServiceDefinition> services = new LinkedHashMap<>();

  /**
   * The methods of these services behind these interceptors.
   *
   * @param onLoop tells by full name which methods run on the event loop
   * @throws IllegalArgumentException if two services have the same name
   */
  public MethodTable(
      Collection<ServiceDefinition> definitions,
      List<Interceptor> interceptors,
      Predicate<String> onLoop) {
    for (ServiceDefinition service : definitions) {
      if (services.put(service.name(), service) != null) {
        throw new IllegalArgumentException("service " + service.name() + " is offered twice");
      }
      for (ServiceDefinition.BoundMethod<?, ?> bound : service.methods()) {
        String name = bound.method().fullName();
        methods.put(name, ServedMethod.of(bound, interceptors, onLoop.test(name)));
      }
    }
  }

  public @Nullable ServedMethod<?, ?> find(String fullName) {
    return methods.get(fullName);
  }

  public Collection<ServiceDefinition> services() {
    return services.values();
  }

  /** Why there is no such method, naming what there is. */
  public Status missing(String fullName) {
    int slash = fullName.indexOf('/');
    ServiceDefinition service = services.get(slash < 0 ? fullName : fullName.substring(0, slash));
    if (service == null) {
      return unimplemented("service of " + shown(fullName), names(services.keySet()));
    }
    List<String> offered = service.methods().stream().map(m -> m.method().methodName()).toList();
    return unimplemented("method " + shown(fullName), names(offered));
  }

  private static Status unimplemented(String what, String offered) {
    return Status.of(Status.Code.UNIMPLEMENTED, "unknown " + what + " (offered: " + offered + ")");
  }

  private static String names(Collection<String> all) {
    String listed = all.stream().limit(MOST_NAMES).collect(Collectors.joining(", "));
    int more = all.size() - MOST_NAMES;
    return all.isEmpty() ? "none" : more > 0 ? listed + " and " + more + " more" : listed;
  }

  private static String shown(String name) {
    return name.length() <= 128 ? name : name.substring(0, 128) + "...";
  }
}
