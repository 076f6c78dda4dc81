package dev.clearspan.rpc.server;

import dev.clearspan.rpc.Interceptor;
import dev.clearspan.rpc.ServiceDefinition;
import dev.clearspan.rpc.Status;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
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
   * @param callers who may call what
   * @throws IllegalArgumentException if two services have the same name, or a rule is about nothing
   *     that is offered
   */
  public MethodTable(
      Collection<ServiceDefinition> definitions,
      List<Interceptor> interceptors,
      Predicate<String> onLoop,
      CallerRules callers) {
    callers.check(definitions);
    for (ServiceDefinition service : definitions) {
      if (services.put(service.name(), service) != null) {
        throw new IllegalArgumentException("service " + service.name() + " is offered twice");
      }
      for (ServiceDefinition.BoundMethod<?, ?> bound : service.methods()) {
        String name = bound.method().fullName();
        boolean onlyLooks = SideEffects.areNone(service, bound.method().methodName());
        ServedMethod.Terms terms =
            new ServedMethod.Terms(onLoop.test(name), onlyLooks, callers.callersOf(name));
        methods.put(name, ServedMethod.of(bound, interceptors, terms));
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
      return unimplemented("service of " + shown(fullName), near(fullName, services.keySet()));
    }
    List<String> offered = service.methods().stream().map(m -> m.method().methodName()).toList();
    return unimplemented("method " + shown(fullName), near(fullName.substring(slash + 1), offered));
  }

  private static Status unimplemented(String what, String offered) {
    return Status.of(Status.Code.UNIMPLEMENTED, "unknown " + what + " (offered: " + offered + ")");
  }

  /** All names if they are few, else the nearest ones. */
  private static String near(String wanted, Collection<String> all) {
    Collection<String> shown =
        all.size() <= MOST_NAMES ? all : NearNames.nearest(wanted, all, MOST_NAMES);
    String listed = String.join(", ", shown);
    int more = all.size() - MOST_NAMES;
    return all.isEmpty() ? "none" : more > 0 ? listed + " and " + more + " more" : listed;
  }

  private static String shown(String name) {
    return name.length() <= 128 ? name : name.substring(0, 128) + "...";
  }
}
