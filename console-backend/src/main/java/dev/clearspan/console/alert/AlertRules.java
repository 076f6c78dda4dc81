package dev.clearspan.console.alert;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clearspan.console.change.Cause;
import dev.clearspan.console.change.ChangeResult;
import dev.clearspan.console.change.RuleWriter;
import dev.clearspan.console.problem.ProblemException;
import dev.clearspan.console.registry.IgnoredValue;
import dev.clearspan.console.registry.RegistryKey;
import dev.clearspan.console.registry.RegistryKey.AlertKey;
import dev.clearspan.console.registry.RegistrySnapshot;
import dev.clearspan.console.registry.RegistryView;
import dev.clearspan.console.registry.Stored;
import dev.clearspan.console.web.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The rules there are: built in, and stored in the registry. Thread-safe. */
public final class AlertRules {
  static final int MOST = 500;

  private final RuleWriter writer;
  private final RegistryView registry;

  public AlertRules(RuleWriter writer, RegistryView registry) {
    this.writer = writer;
    this.registry = registry;
  }

  /** Where a rule comes from. */
  record Found(AlertRule rule, boolean builtIn, long revision) {}

  /** All of them by id, and what is stored and cannot be used. */
  record All(Map<String, Found> rules, List<IgnoredValue> ignored) {
    List<AlertRule> list() {
      return rules.values().stream().map(Found::rule).toList();
    }
  }

  All all() {
    Map<String, Found> found = new TreeMap<>();
    List<IgnoredValue> ignored = new ArrayList<>();
    BuiltInRules.ALL.forEach(rule -> found.put(rule.id(), new Found(rule, true, 0)));
    registry.snapshot().alerts().forEach((key, stored) -> take(key, stored, found, ignored));
    return new All(found, ignored);
  }

  private static void take(
      AlertKey key, Stored<JsonNode> stored, Map<String, Found> found, List<IgnoredValue> ignored) {
    if (key.kind() != RegistryKey.AlertKind.RULE) {
      return;
    }
    try {
      AlertRule rule =
          RuleCheck.rule(key.id(), Json.stored(stored.value(), AlertRuleRequest.class));
      found.put(key.id(), new Found(rule, isBuiltIn(key.id()), stored.revision()));
    } catch (ProblemException e) {
      ignored.add(new IgnoredValue(key.text(), e.problem().detail()));
    }
  }

  /** The rule of that id. */
  Optional<Found> find(String id) {
    return Optional.ofNullable(all().rules().get(id));
  }

  /** Stores a rule in place of the one with this revision (0: of none, or of the built-in one). */
  ChangeResult put(AlertRule rule, long expected, Cause cause) {
    requireLoaded();
    boolean isNew = !registry.snapshot().alerts().containsKey(key(rule.id()));
    if (isNew && stored() >= MOST) {
      throw ProblemException.conflict(
          stored() + " rules are stored (expected: at most " + MOST + "). Delete some first.");
    }
    return write(
        "alert.rule", rule.target().service(), rule.id(), expected, Json.write(rule), cause);
  }

  /** Deletes a stored rule; a built-in one holds again. */
  ChangeResult delete(String id, long expected, Cause cause) {
    requireLoaded();
    if (!registry.snapshot().alerts().containsKey(key(id))) {
      throw isBuiltIn(id)
          ? ProblemException.conflict(
              "'" + id + "' is built in and not stored. Store it with \"enabled\": false instead.")
          : unknown(id);
    }
    String service = find(id).map(found -> found.rule().target().service()).orElse("");
    return write("alert.rule", service, id, expected, null, cause);
  }

  private ChangeResult write(
      String action,
      String service,
      String id,
      long expected,
      @Nullable String value,
      Cause cause) {
    return writer.write(action, service, key(id), expected, value, cause);
  }

  ProblemException unknown(String id) {
    return ProblemException.notFound(
        "There is no alert rule '"
            + id
            + "' (rules: "
            + String.join(", ", all().rules().keySet())
            + ")");
  }

  private void requireLoaded() {
    RegistrySnapshot snapshot = registry.snapshot();
    if (!snapshot.loaded()) {
      throw ProblemException.unavailable(
          "The registry could not be read since the console started, so that its rules are unknown.");
    }
  }

  private long stored() {
    return registry.snapshot().alerts().keySet().stream()
        .filter(key -> key.kind() == RegistryKey.AlertKind.RULE)
        .count();
  }

  static boolean isBuiltIn(String id) {
    return BuiltInRules.ALL.stream().anyMatch(rule -> rule.id().equals(id));
  }

  private static AlertKey key(String id) {
    return new AlertKey(RegistryKey.AlertKind.RULE, id);
  }
}
