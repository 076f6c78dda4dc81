package dev.clearspan.console.identity;

import dev.clearspan.console.problem.ProblemException;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which services somebody may steer; seeing is never scoped.
 *
 * @param services empty: all; a name that ends with {@code *} means all that begin so
 */
public record Scope(List<String> services) {
  static final Scope ALL = new Scope(List.of());

  private static final Pattern NAME = Pattern.compile("[a-z0-9._-]{1,63}|[a-z0-9._-]{1,62}\\*");
  private static final int MAX_SERVICES = 50;

  public Scope {
    services = List.copyOf(services);
  }

  public boolean allows(String service) {
    return services.isEmpty() || services.stream().anyMatch(name -> matches(name, service));
  }

  private static boolean matches(String name, String service) {
    return name.endsWith("*")
        ? service.startsWith(name.substring(0, name.length() - 1))
        : name.equals(service);
  }

  /** The scope of these services for that role; none and an empty list mean all. */
  static Scope checked(Role role, @Nullable List<String> services) {
    if (services == null || services.isEmpty()) {
      return ALL;
    }
    if (role == Role.ADMIN) {
      throw ProblemException.invalid(
          "services", services + " (expected: none, since admins manage everything)");
    }
    if (services.size() > MAX_SERVICES) {
      throw ProblemException.invalid(
          "services", services.size() + " names (expected: at most " + MAX_SERVICES + ")");
    }
    for (String service : services) {
      if (service == null || !NAME.matcher(service).matches()) {
        throw ProblemException.invalid(
            "services",
            "'"
                + service
                + "' (expected: 1 to 63 of a-z 0-9 . _ -, or the beginning of names and a *)");
      }
    }
    return new Scope(services.stream().distinct().sorted().toList());
  }

  static Scope parse(@Nullable String stored) {
    return stored == null || stored.isEmpty() ? ALL : new Scope(List.of(stored.split(",", -1)));
  }

  /** A role with what it may steer, such as "operator of payments". */
  public static String words(Role role, List<String> services) {
    return role == Role.OPERATOR ? role.word() + " of " + new Scope(services) : role.word();
  }

  String stored() {
    return String.join(",", services);
  }

  @Override
  public String toString() {
    return services.isEmpty() ? "all services" : String.join(", ", services);
  }
}
