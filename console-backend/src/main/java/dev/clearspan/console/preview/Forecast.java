package dev.clearspan.console.preview;

import dev.clearspan.console.metric.CallSteps;
import dev.clearspan.console.preview.MethodChange.Change;
import dev.clearspan.console.preview.Preview.AffectedCaller;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Reckons what a draft would have made of the calls looked at, with the classes that clients use:
 * their layers of policies, balancers, breakers, rules and budgets of retries. A pure function of
 * its {@link Scene}; the work is bounded whatever the traffic.
 */
final class Forecast {
  private final Scene scene;
  private final Gaps gaps = new Gaps();
  private final Map<String, MethodChange> changes = new TreeMap<>();

  private Forecast(Scene scene) {
    this.scene = scene;
    for (String method : methods()) {
      MethodChange change =
          new MethodChange(method, scene.current(), scene.draft(), scene.defaults());
      if (change.isAny()) {
        changes.put(method, change);
      }
    }
  }

  /** The preview, its examples still missing. */
  static Preview of(Scene scene) {
    return new Forecast(scene).preview();
  }

  private Preview preview() {
    long calls = scene.calls().stream().mapToLong(row -> row.sum().calls()).sum();
    List<RuleChange> rules = rules();
    if (calls == 0 && !rules.isEmpty()) {
      gaps.found("", "no caller counted a call in the last 15 minutes: only rules are compared");
    }
    rules.forEach(rule -> gaps.byField(rule.field()));
    return new Preview(
        scene.service(),
        scene.revision(),
        scene.from(),
        scene.to(),
        calls,
        rules,
        callers(),
        new SplitForecast(scene, gaps).of(changes.values()),
        new BreakerReplay(scene, gaps).of(changes),
        new TimeLimits(scene, gaps).of(changes),
        new RetryReplay(scene, gaps).of(changes),
        gaps.all(),
        List.of());
  }

  /** Those seen, and those that a document names. */
  private SortedSet<String> methods() {
    SortedSet<String> methods = new TreeSet<>(scene.current().getMethodsMap().keySet());
    methods.addAll(scene.draft().getMethodsMap().keySet());
    scene.steps().stream().map(CallSteps::method).forEach(methods::add);
    if (methods.isEmpty()) {
      methods.add("");
    }
    return methods;
  }

  /** One row per field, value and layers, with all methods for which it is so. */
  private List<RuleChange> rules() {
    SortedMap<String, Map<Change, List<String>>> byField = new TreeMap<>();
    changes.forEach(
        (method, change) ->
            change
                .fields()
                .forEach(
                    (field, what) ->
                        byField
                            .computeIfAbsent(field, key -> new LinkedHashMap<>())
                            .computeIfAbsent(what, key -> new ArrayList<>())
                            .add(method)));
    List<RuleChange> rules = new ArrayList<>();
    byField.forEach(
        (field, found) ->
            found.forEach(
                (what, methods) ->
                    rules.add(
                        new RuleChange(field, methods, what.before(), what.after(), what.why()))));
    return rules;
  }

  private List<AffectedCaller> callers() {
    SortedMap<String, SortedMap<String, Long>> calls = new TreeMap<>();
    if (!changes.isEmpty()) {
      scene.callers().keySet().forEach(caller -> calls.put(caller, new TreeMap<>()));
    }
    for (CallSteps row : scene.calls()) {
      if (changes.containsKey(row.method())) {
        calls
            .computeIfAbsent(row.caller(), key -> new TreeMap<>())
            .merge(row.method(), row.sum().calls(), Long::sum);
      }
    }
    List<AffectedCaller> callers = new ArrayList<>();
    calls.forEach(
        (caller, methods) ->
            callers.add(
                new AffectedCaller(
                    caller,
                    scene.callers().containsKey(caller) ? scene.caller(caller).processes() : 0,
                    methods.values().stream().mapToLong(Long::longValue).sum(),
                    List.copyOf(methods.keySet()))));
    return callers;
  }
}
