package dev.clearspan.console.change;

import dev.clearspan.console.problem.ProblemException;
import dev.clearspan.console.registry.RegistrySnapshot;
import dev.clearspan.protocol.ProcessStatus;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** What a rule may name: what does not exist cannot be steered. */
final class Targets {
  private static final Pattern METHOD = Pattern.compile("[A-Za-z_][\\w.]*/[A-Za-z_]\\w*");

  private Targets() {}

  /** Services that hold channels to this one. */
  static SortedSet<String> callers(RegistrySnapshot snapshot, String service) {
    SortedSet<String> names = new TreeSet<>();
    snapshot.callersOf(service).stream().map(ProcessStatus::getService).forEach(names::add);
    return names;
  }

  static void checkKnown(String field, String value, SortedSet<String> known, String orElse) {
    if (!known.contains(value)) {
      throw ProblemException.invalid(
          field, "'" + value + "' (expected: one of " + String.join(", ", known) + orElse + ")");
    }
  }

  /** Refuses what is no full method name; empty text stands for all methods. */
  static void checkMethod(String method) {
    if (!method.isEmpty() && !METHOD.matcher(method).matches()) {
      throw ProblemException.invalid(
          "method", "'" + method + "' (expected: package.Service/Method, or none for all)");
    }
  }
}
