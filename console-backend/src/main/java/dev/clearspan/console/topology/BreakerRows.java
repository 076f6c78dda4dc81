package dev.clearspan.console.topology;

import dev.clearspan.console.metric.CallTotals;
import dev.clearspan.console.registry.ForcingHistory;
import dev.clearspan.console.registry.RegistrySnapshot;
import dev.clearspan.console.registry.Times;
import dev.clearspan.protocol.BreakerState;
import dev.clearspan.protocol.BreakerStatus;
import dev.clearspan.protocol.ForcedBreaker;
import dev.clearspan.protocol.ProcessStatus;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/** One row per breaker that is not plainly closed, and one per caller and service. */
final class BreakerRows {
  private final RegistrySnapshot registry;
  private final BreakerBoard board;
  private final ForcingHistory history;
  private final Traffic traffic;
  private final Map<BreakerKey, Sum> calls;
  private final Map<BreakerKey, Sum> attempts;
  private final SortedMap<BreakerKey, List<BreakerStatus>> found = new TreeMap<>();

  BreakerRows(RegistrySnapshot registry, BreakerBoard board, Traffic traffic) {
    this.registry = registry;
    this.board = board;
    this.history = new ForcingHistory(registry);
    this.traffic = traffic;
    this.calls = sums(traffic, false);
    this.attempts = sums(traffic, true);
    registry
        .callees()
        .forEach(
            (caller, callees) ->
                callees.forEach(
                    callee ->
                        found.put(new BreakerKey(caller, callee, "", ""), new ArrayList<>())));
    for (BreakerBoard.Report report : board.reports()) {
      found.computeIfAbsent(report.key(), key -> new ArrayList<>()).add(report.breaker());
    }
  }

  List<Breaker> rows() {
    return found.entrySet().stream().map(row -> row(row.getKey(), row.getValue())).toList();
  }

  private Breaker row(BreakerKey key, List<BreakerStatus> reports) {
    Optional<ForcedBreaker> forced = board.forced(key);
    Optional<BreakerStatus> worst = worst(reports);
    return new Breaker(
        key.caller(),
        key.service(),
        key.method(),
        key.instance(),
        worst.map(BreakerRows::computed).orElse(BreakerState.CLOSED),
        forced.map(ForcedBreaker::getState).orElse(null),
        worst
            .map(breaker -> Times.instantOrNull(breaker.hasSince(), breaker.getSince()))
            .orElse(null),
        worst
            .map(breaker -> Times.instantOrNull(breaker.hasProbeAt(), breaker.getProbeAt()))
            .orElse(null),
        worst.map(BreakerStatus::getCause).orElse(""),
        forced.map(entry -> forcedBy(key.service(), entry)).orElse(null),
        processes(key, reports, forced.isPresent()),
        callers(key).size(),
        red(key));
  }

  private static Optional<BreakerStatus> worst(List<BreakerStatus> reports) {
    return reports.stream()
        .reduce(
            (left, right) ->
                EdgeBreaker.of(left).compareTo(EdgeBreaker.of(right)) >= 0 ? left : right);
  }

  private static BreakerState computed(BreakerStatus breaker) {
    BreakerState state = breaker.getComputed();
    return state == BreakerState.BREAKER_STATE_UNSPECIFIED || state == BreakerState.UNRECOGNIZED
        ? BreakerState.CLOSED
        : state;
  }

  private int processes(BreakerKey key, List<BreakerStatus> reports, boolean forced) {
    if (!key.isWholeEdge()) {
      return reports.size();
    }
    return forced ? board.applied(key.caller(), key.service()) : callers(key).size();
  }

  private List<ProcessStatus> callers(BreakerKey key) {
    return registry.callersOf(key.service()).stream()
        .filter(status -> status.getService().equals(key.caller()))
        .toList();
  }

  private Breaker.ForcedBy forcedBy(String service, ForcedBreaker forced) {
    return new Breaker.ForcedBy(
        forced.getAuthor(),
        forced.getReason(),
        forced.getCaller(),
        forced.getMethod(),
        forced.getInstance(),
        history.since(service, forced),
        Times.instantOrNull(forced.hasExpiresAt(), forced.getExpiresAt()));
  }

  private Red red(BreakerKey key) {
    Map<BreakerKey, Sum> sums = key.instance().isEmpty() ? calls : attempts;
    return sums.getOrDefault(key, Sum.NONE).red(traffic.window());
  }

  /** Sums of what a breaker may watch: of all methods or one, and of all instances or one. */
  private static Map<BreakerKey, Sum> sums(Traffic traffic, boolean byInstance) {
    Map<BreakerKey, Sum> sums = new HashMap<>();
    for (boolean byMethod : new boolean[] {true, false}) {
      Function<CallTotals, BreakerKey> key =
          row ->
              new BreakerKey(
                  row.caller(),
                  row.service(),
                  byMethod ? row.method() : "",
                  byInstance ? row.instance() : "");
      sums.putAll(byInstance ? traffic.attemptsBy(key) : traffic.callsBy(key));
    }
    return sums;
  }
}
