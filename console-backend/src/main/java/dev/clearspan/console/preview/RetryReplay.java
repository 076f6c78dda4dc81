package dev.clearspan.console.preview;

import dev.clearspan.console.metric.CallSteps;
import dev.clearspan.console.metric.Tally;
import dev.clearspan.console.preview.Preview.RetryForecast;
import dev.clearspan.protocol.Policy;
import dev.clearspan.protocol.ServicePolicy;
import dev.clearspan.rpc.policy.PolicyLayers;
import dev.clearspan.rpc.retry.RetrySettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How many retries there would be: the calls of each caller go through production's rule and
 * budget, before and after. Each attempt fails with the probability with which attempts failed in
 * its 10 s.
 */
final class RetryReplay {
  private final Scene scene;
  private final Gaps gaps;

  RetryReplay(Scene scene, Gaps gaps) {
    this.scene = scene;
    this.gaps = gaps;
  }

  List<RetryForecast> of(Map<String, MethodChange> changes) {
    boolean differs =
        changes.values().stream()
            .anyMatch(change -> !change.before().retry().equals(change.after().retry()));
    if (!differs) {
      return List.of();
    }
    gaps.found(
        "retry",
        "whether a method is idempotent is not known to the console: it is taken to be;"
            + " pushback, hedges and retries forbidden by a service further down are left out");
    List<RetryForecast> found = new ArrayList<>();
    attempts().forEach((caller, methods) -> compare(caller, methods, found));
    return found;
  }

  private void compare(
      String caller, SortedMap<String, Tally[]> methods, List<RetryForecast> found) {
    int processes = Math.max(1, scene.caller(caller).processes());
    Map<String, Long> before = retries(scene.current(), methods, processes);
    Map<String, Long> after = retries(scene.draft(), methods, processes);
    methods.forEach(
        (method, steps) -> {
          long then = before.getOrDefault(method, 0L);
          long now = after.getOrDefault(method, 0L);
          if (then != now) {
            long attempts = sum(steps, true);
            long observed = sum(steps, false);
            found.add(new RetryForecast(caller, method, attempts - observed, observed, then, now));
          }
        });
  }

  private static long sum(Tally[] steps, boolean attempts) {
    long sum = 0;
    for (Tally step : steps) {
      sum += attempts ? step.calls() : step.retries();
    }
    return sum;
  }

  private static Map<String, Long> retries(
      ServicePolicy document, SortedMap<String, Tally[]> methods, int processes) {
    Policy none = Policy.getDefaultInstance();
    double tokens = PolicyLayers.resolve(document, none, "").retry().budgetTokens();
    RetryRun run = new RetryRun(tokens, processes);
    int steps = methods.values().stream().mapToInt(each -> each.length).max().orElse(0);
    Map<String, RetrySettings> settings = new TreeMap<>();
    methods
        .keySet()
        .forEach(
            method -> settings.put(method, PolicyLayers.resolve(document, none, method).retry()));
    for (int i = 0; i < steps; i++) {
      for (Map.Entry<String, Tally[]> method : methods.entrySet()) {
        RetrySettings own = settings.getOrDefault(method.getKey(), RetrySettings.DEFAULT);
        run.step(method.getKey(), own, method.getValue()[i]);
      }
    }
    return run.retries();
  }

  /** By caller and method, all instances together. */
  private SortedMap<String, SortedMap<String, Tally[]>> attempts() {
    SortedMap<String, SortedMap<String, Tally[]>> found = new TreeMap<>();
    for (CallSteps row : scene.attempts()) {
      Tally[] sums =
          found
              .computeIfAbsent(row.caller(), key -> new TreeMap<>())
              .computeIfAbsent(row.method(), key -> Tally.empty(row.steps().size()));
      for (int i = 0; i < sums.length; i++) {
        sums[i].add(row.steps().get(i));
      }
    }
    return found;
  }
}
