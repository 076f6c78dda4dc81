package dev.clearspan.console.oidc;

import dev.clearspan.console.identity.Role;
import dev.clearspan.console.problem.ProblemException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Which groups of the provider have which role here. Who is in several has the highest role, and as
 * an operator may steer what any of the groups may.
 */
public record RoleRules(List<Rule> rules) {
  private static final Pattern SERVICE = Pattern.compile("[a-z0-9._-]{1,63}|[a-z0-9._-]{0,62}\\*");

  public RoleRules {
    rules = List.copyOf(rules);
  }

  /**
   * One group's rights.
   *
   * @param services that its operators may steer, with {@code *} at the end for all that begin so;
   *     empty: all
   */
  public record Rule(String group, Role role, List<String> services) {
    public Rule {
      services = List.copyOf(services);
    }
  }

  /** Rights of a person. */
  public record Rights(Role role, List<String> services) {
    public Rights {
      services = List.copyOf(services);
    }
  }

  /**
   * Reads {@code sre=admin,ops=operator:pay*|ledger}. Where groups have commas in their names,
   * semicolons separate.
   *
   * @throws IllegalArgumentException naming the entry that cannot be used
   */
  public static RoleRules parse(String text) {
    List<Rule> rules = new ArrayList<>();
    for (String entry : text.split(text.contains(";") ? ";" : ",", -1)) {
      int equals = entry.lastIndexOf('=');
      if (equals < 1) {
        throw unusable(entry);
      }
      rules.add(
          rule(entry, entry.substring(0, equals).strip(), entry.substring(equals + 1).strip()));
    }
    return new RoleRules(rules);
  }

  private static Rule rule(String entry, String group, String rights) {
    String[] parts = rights.split(":", 2);
    List<String> services = parts.length == 1 ? List.of() : List.of(parts[1].split("\\|", -1));
    boolean sound =
        !group.isEmpty() && services.stream().allMatch(name -> SERVICE.matcher(name).matches());
    try {
      Role role = Role.of(parts[0]);
      if (sound && (services.isEmpty() || role == Role.OPERATOR)) {
        return new Rule(group, role, services);
      }
    } catch (ProblemException e) {
      throw unusable(entry);
    }
    throw unusable(entry);
  }

  private static IllegalArgumentException unusable(String entry) {
    return new IllegalArgumentException(
        "CLEARSPAN_OIDC_ROLES: \""
            + entry
            + "\" (expected: group=viewer, group=operator, group=operator:service|prefix*, or"
            + " group=admin, separated by commas)");
  }

  /** What somebody in these groups may do; empty: nothing, not even look. */
  public Optional<Rights> of(Collection<String> groups) {
    List<Rule> held = rules.stream().filter(rule -> groups.contains(rule.group())).toList();
    Optional<Role> role = held.stream().map(Rule::role).max(Comparator.naturalOrder());
    return role.map(highest -> new Rights(highest, services(held, highest)));
  }

  private static List<String> services(List<Rule> held, Role role) {
    List<Rule> deciding = held.stream().filter(rule -> rule.role() == role).toList();
    boolean all = deciding.stream().anyMatch(rule -> rule.services().isEmpty());
    return all
        ? List.of()
        : deciding.stream().flatMap(rule -> rule.services().stream()).distinct().sorted().toList();
  }
}
