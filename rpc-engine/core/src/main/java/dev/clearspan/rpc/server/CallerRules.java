package dev.clearspan.rpc.server;

import dev.clearspan.rpc.ServiceDefinition;
import dev.clearspan.rpc.ServiceDefinition.BoundMethod;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which callers may call what, by method or by service; a method's own rule replaces its service's.
 * Where there is no rule everybody may. Not thread-safe while rules are added.
 */
public final class CallerRules {
  private final Map<String, Set<String>> allowed = new HashMap<>();

  /** Lets these callers call the method ("package.Service/Method") or service. */
  public void allow(String methodOrService, Collection<String> identities) {
    allowed.computeIfAbsent(methodOrService, key -> new HashSet<>()).addAll(identities);
  }

  public boolean isEmpty() {
    return allowed.isEmpty();
  }

  /** The callers of a method; null: everybody. */
  @Nullable Set<String> callersOf(String fullName) {
    Set<String> own = allowed.get(fullName);
    Set<String> found =
        own != null ? own : allowed.get(fullName.substring(0, fullName.indexOf('/')));
    return found == null ? null : Set.copyOf(found);
  }

  /**
   * Makes sure that each rule is about something served: one that is not would protect nothing.
   *
   * @throws IllegalArgumentException naming the rule
   */
  public void check(Collection<ServiceDefinition> services) {
    Set<String> known = new HashSet<>();
    for (ServiceDefinition service : services) {
      known.add(service.name());
      for (BoundMethod<?, ?> bound : service.methods()) {
        known.add(bound.method().fullName());
      }
    }
    for (String name : allowed.keySet()) {
      if (!known.contains(name)) {
        throw new IllegalArgumentException(
            "allow: "
                + name
                + " (expected: a service or method of this server, one of "
                + NearNames.nearest(name, known, 5)
                + ")");
      }
    }
  }
}
