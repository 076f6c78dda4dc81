package dev.clearspan.console.alert;

import dev.clearspan.console.metric.CallAggregates;
import dev.clearspan.console.metric.CallTotals;
import dev.clearspan.console.metric.LatencyHistogram;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Calls as their callers counted them; where no caller counts, as the service did. One round's:
 * what was added up for one rule serves the others. Not thread-safe.
 */
final class CallSignals {
  private final CallAggregates calls;
  private final Map<Long, List<CallTotals>> rowsByWindow = new HashMap<>();

  CallSignals(CallAggregates calls) {
    this.calls = calls;
  }

  Observation of(AlertRule rule) {
    Map<String, Counted> lately = counted(rule, rule.condition().windowSeconds());
    Set<String> known = new TreeSet<>(counted(rule, CallAggregates.REACH.toSeconds()).keySet());
    if (!rule.target().service().isEmpty()) {
      String service = rule.target().service();
      return Observation.of(
          List.of(sample(rule, service, lately.get(service), known.contains(service))));
    }
    if (known.isEmpty()) {
      return Observation.blind("no calls in the last 15 minutes");
    }
    List<Sample> samples = new ArrayList<>();
    known.forEach(service -> samples.add(sample(rule, service, lately.get(service), true)));
    return Observation.of(samples);
  }

  private static Sample sample(
      AlertRule rule, String service, @Nullable Counted lately, boolean known) {
    AlertTarget target =
        new AlertTarget(service, rule.target().method(), rule.target().caller(), "");
    Counted counted = lately == null ? Counted.NONE : lately;
    AlertCondition condition = rule.condition();
    String told = counted.calls() + " calls in " + condition.windowSeconds() + " s";
    if (rule.kind() == AlertKind.RATE) {
      // No calls are a rate, too, where there were some lately.
      Double rate = known ? (double) counted.calls() / condition.windowSeconds() : null;
      return new Sample(target, rate, known ? told : "no calls in the last 15 minutes");
    }
    if (counted.calls() < condition.minCalls()) {
      return new Sample(target, null, told + " (expected: at least " + condition.minCalls() + ")");
    }
    return new Sample(target, counted.value(rule.kind()), told);
  }

  private Map<String, Counted> counted(AlertRule rule, long windowSeconds) {
    Map<String, Counted> byService = new TreeMap<>();
    for (CallTotals row : rows(windowSeconds)) {
      if (wanted(rule.target().service(), row.service())
          && wanted(rule.target().method(), row.method())
          && wanted(rule.target().caller(), row.caller())) {
        byService.merge(row.service(), Counted.of(row), Counted::plus);
      }
    }
    return byService;
  }

  private List<CallTotals> rows(long windowSeconds) {
    return rowsByWindow.computeIfAbsent(
        windowSeconds, seconds -> calls.logical(Duration.ofSeconds(seconds)));
  }

  private static boolean wanted(String wanted, String found) {
    return wanted.isEmpty() || wanted.equals(found);
  }

  private record Counted(long calls, long errors, LatencyHistogram latency) {
    static final Counted NONE = new Counted(0, 0, LatencyHistogram.EMPTY);

    private static final double PERCENT = 100;

    static Counted of(CallTotals row) {
      return new Counted(row.calls(), row.errors(), row.latency());
    }

    Counted plus(Counted other) {
      return new Counted(calls + other.calls, errors + other.errors, latency.plus(other.latency));
    }

    @Nullable Double value(AlertKind kind) {
      return switch (kind) {
        case ERROR_SHARE -> PERCENT * errors / calls;
        case LATENCY_P50 -> latency.quantileMillis(0.5);
        default -> latency.quantileMillis(0.99);
      };
    }
  }
}
