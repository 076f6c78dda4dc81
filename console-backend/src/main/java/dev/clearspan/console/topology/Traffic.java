package dev.clearspan.console.topology;

import dev.clearspan.console.metric.CallTotals;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * The calls measured in a window, added up as needed. Logical calls and attempts are kept apart: an
 * edge counts calls, an instance counts attempts. Immutable.
 */
final class Traffic {
  private final List<CallTotals> calls;
  private final List<CallTotals> attempts;
  private final Duration window;

  Traffic(List<CallTotals> totals, Duration window) {
    this.calls = totals.stream().filter(row -> row.instance().isEmpty()).toList();
    this.attempts = totals.stream().filter(row -> !row.instance().isEmpty()).toList();
    this.window = window;
  }

  Duration window() {
    return window;
  }

  <K> Map<K, Sum> callsBy(Function<CallTotals, K> key) {
    return group(calls, key);
  }

  <K> Map<K, Sum> attemptsBy(Function<CallTotals, K> key) {
    return group(attempts, key);
  }

  Sum calls(Predicate<CallTotals> condition) {
    return sum(calls, condition);
  }

  private static Sum sum(List<CallTotals> rows, Predicate<CallTotals> condition) {
    return rows.stream().filter(condition).map(Sum::of).reduce(Sum.NONE, Sum::plus);
  }

  private static <K> Map<K, Sum> group(List<CallTotals> rows, Function<CallTotals, K> key) {
    Map<K, Sum> sums = new HashMap<>();
    rows.forEach(row -> sums.merge(key.apply(row), Sum.of(row), Sum::plus));
    return sums;
  }
}
