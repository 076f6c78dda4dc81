package dev.clearspan.console.preview;

import dev.clearspan.console.preview.Preview.Unpredicted;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a forecast leaves open, each thing once. Not thread-safe. */
final class Gaps {
  private static final int MOST = 100;

  /** By field, or by part where all of its fields are left open for one reason. */
  private static final Map<String, String> KNOWN =
      Map.of(
          "outlier", "instances are judged every few seconds, against each other, in each client",
          "hedge", "a hedge depends on when each reply comes, and takes from the retry budget",
          "limit", "who is refused depends on what is in flight at each moment",
          "fallback", "whether there is a cached or a coded reply, only the caller knows",
          "fault", "faults hit calls by chance",
          "route", "rules go by metadata and tags, which are not counted",
          "telemetry", "it changes what is recorded, not how calls go",
          "balancer.slowStart", "no instance is taken to be new",
          "balancer.subset",
              "which instances a client takes depends on its place among all clients");

  private final Set<Unpredicted> found = new LinkedHashSet<>();

  void found(String field, String why) {
    if (found.size() < MOST) {
      found.add(new Unpredicted(field, why));
    }
  }

  /** Tells why nothing is said about a changed field, if nothing is. */
  void byField(String field) {
    String part = field.contains(".") ? field.substring(0, field.indexOf('.')) : field;
    String why = KNOWN.getOrDefault(field, KNOWN.get(part));
    if (why != null) {
      found(KNOWN.containsKey(field) ? field : part, why);
    }
  }

  List<Unpredicted> all() {
    return List.copyOf(found);
  }
}
