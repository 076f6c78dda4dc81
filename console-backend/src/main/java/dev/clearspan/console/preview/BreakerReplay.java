package dev.clearspan.console.preview;

import dev.clearspan.console.metric.CallSteps;
import dev.clearspan.console.preview.Preview.BreakerForecast;
import dev.clearspan.console.preview.Preview.Replay;
import dev.clearspan.console.preview.Preview.Replay.Verdict;
import dev.clearspan.rpc.breaker.BreakerSettings;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * Which breakers would do otherwise: the calls of each method and instance go through the breakers
 * of before and after, those with the most errors first, until {@value #MOST_CALLS} are replayed.
 */
final class BreakerReplay {
  private static final long MOST_CALLS = 4_000_000;

  private final Scene scene;
  private final Gaps gaps;
  private long left = MOST_CALLS;

  BreakerReplay(Scene scene, Gaps gaps) {
    this.scene = scene;
    this.gaps = gaps;
  }

  /** Attempts at one instance, under rules that change. */
  private record Concern(CallSteps row, BreakerSettings before, BreakerSettings after) {
    long errors() {
      return row.sum().errors();
    }
  }

  List<BreakerForecast> of(Map<String, MethodChange> changes) {
    List<Concern> concerns = concerns(changes);
    List<BreakerForecast> found = new ArrayList<>();
    for (Concern concern : concerns) {
      CallSteps row = concern.row();
      Replay before = replay(row, concern.before());
      Replay after = replay(row, concern.after());
      if (!before.equals(after)) {
        found.add(new BreakerForecast(row.caller(), row.method(), row.instance(), before, after));
      }
    }
    if (!concerns.isEmpty()) {
      gaps.found(
          "breaker",
          "the order of calls within 10 s is not counted; what instances would have made of calls"
              + " that were refused is not known; a caller's processes are taken to be alike");
    }
    return found;
  }

  /** Those with the most errors first. */
  private List<Concern> concerns(Map<String, MethodChange> changes) {
    List<Concern> concerns = new ArrayList<>();
    for (CallSteps row : scene.attempts()) {
      MethodChange change = changes.get(row.method());
      if (change != null && !change.before().breaker().equals(change.after().breaker())) {
        concerns.add(new Concern(row, change.before().breaker(), change.after().breaker()));
      }
    }
    concerns.sort(Comparator.comparingLong(Concern::errors).reversed());
    return concerns;
  }

  private Replay replay(CallSteps row, BreakerSettings settings) {
    if (left <= 0) {
      gaps.found("breaker", "more calls than can be replayed: those with the most errors were");
      return new Replay(Verdict.STAYS_CLOSED, 0, 0, null, "");
    }
    int processes = Math.max(1, scene.caller(row.caller()).processes());
    List<BreakerStep> steps =
        row.steps().stream().map(tally -> BreakerStep.of(tally, settings, processes)).toList();
    Replay even = new BreakerRun(settings, false).through(steps, scene);
    left -= steps.stream().mapToLong(BreakerStep::calls).sum();
    if (even.openings() > 0) {
      return even;
    }
    Replay inRow = new BreakerRun(settings, true).through(steps, scene);
    return inRow.openings() == 0
        ? inRow
        : new Replay(
            Verdict.MAY_OPEN,
            inRow.openings(),
            inRow.openSeconds(),
            inRow.firstAt(),
            inRow.cause());
  }
}
