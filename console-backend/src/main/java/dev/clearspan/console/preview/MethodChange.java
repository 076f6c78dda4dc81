package dev.clearspan.console.preview;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clearspan.console.preview.RuleChange.Layer;
import dev.clearspan.console.preview.RuleChange.Setting;
import dev.clearspan.protocol.ServicePolicy;
import dev.clearspan.rpc.policy.MethodPolicy;
import java.util.Objects;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** What a draft changes for one method. */
final class MethodChange {
  private final String method;
  private final Rules before;
  private final Rules after;

  MethodChange(String method, ServicePolicy current, ServicePolicy draft, JsonNode defaults) {
    this.method = method;
    this.before = Rules.of(current, method, defaults);
    this.after = Rules.of(draft, method, defaults);
  }

  String method() {
    return method;
  }

  MethodPolicy before() {
    return before.policy();
  }

  MethodPolicy after() {
    return after.policy();
  }

  boolean isAny() {
    return !fields().isEmpty();
  }

  /** The fields whose value or layer changes, with what they were and what they become. */
  SortedMap<String, Change> fields() {
    SortedSet<String> all = new TreeSet<>(before.merged().keySet());
    all.addAll(after.merged().keySet());
    SortedMap<String, Change> changed = new TreeMap<>();
    for (String field : all) {
      Change change = new Change(before.setting(field), after.setting(field));
      if (!change.before().equals(change.after())) {
        changed.put(field, change);
      }
    }
    return changed;
  }

  /** One field before and after. */
  record Change(Setting before, Setting after) {
    String why() {
      String same = Objects.equals(before.value(), after.value()) ? "The value stays. " : "";
      return same + winner();
    }

    private String winner() {
      if (after.layer() == Layer.METHOD) {
        return "The method's own entry wins over the service's.";
      }
      if (after.layer() == Layer.SERVICE) {
        return before.layer() == Layer.METHOD
            ? "The method's own entry no longer says it, so the service's part holds."
            : "The service's part wins over callers' code and defaults.";
      }
      return "The document no longer says it: the caller's code wins, else the default.";
    }
  }
}
