package dev.clearspan.console.preview;

import dev.clearspan.console.metric.Tally;
import dev.clearspan.rpc.Metadata;
import dev.clearspan.rpc.Status;
import dev.clearspan.rpc.breaker.FailureCodes;
import dev.clearspan.rpc.retry.RetryBudget;
import dev.clearspan.rpc.retry.RetryRule;
import dev.clearspan.rpc.retry.RetryRule.Decision;
import dev.clearspan.rpc.retry.RetryRule.Failure;
import dev.clearspan.rpc.retry.RetrySettings;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;

/** One process' budget of retries, and what it spends. Used once. */
final class RetryRun {
  /** Beyond, a step is thinned, and what comes of it multiplied. */
  private static final long THIN = 2_000;

  private final RetryBudget budget;
  private final int processes;
  private final Map<String, Double> retries = new HashMap<>();

  RetryRun(double tokens, int processes) {
    this.budget = new RetryBudget(tokens);
    this.processes = processes;
  }

  /** Of all processes together. */
  Map<String, Long> retries() {
    Map<String, Long> rounded = new HashMap<>();
    retries.forEach((method, count) -> rounded.put(method, Math.round(count)));
    return rounded;
  }

  /** Makes the calls of one method in one step. */
  void step(String method, RetrySettings settings, Tally attempts) {
    long first = Math.round((double) (attempts.calls() - attempts.retries()) / processes);
    long made = Math.min(first, THIN);
    if (attempts.errors() == 0) {
      for (long i = 0; i < made; i++) {
        budget.succeeded();
      }
      return;
    }
    Fate fate = new Fate(attempts);
    long repeated = 0;
    for (long i = 0; i < made; i++) {
      repeated += call(settings, fate);
    }
    if (made > 0) {
      retries.merge(method, (double) repeated * processes * first / made, Double::sum);
    }
  }

  private int call(RetrySettings settings, Fate fate) {
    for (int attempt = 1; ; attempt++) {
      Status.Code code = fate.next();
      if (!FailureCodes.contains(code)) {
        budget.succeeded();
      }
      boolean again =
          code != Status.Code.OK
              && decide(settings, code, attempt) == Decision.RETRY
              && budget.failed();
      if (!again) {
        return attempt - 1;
      }
    }
  }

  private static Decision decide(RetrySettings settings, Status.Code code, int attempt) {
    Failure failure = code == Status.Code.DEADLINE_EXCEEDED ? Failure.TIMED_OUT : Failure.STATUS;
    return RetryRule.decide(
        settings, failure, Status.of(code, ""), Metadata.EMPTY, true, attempt, 1, 1);
  }

  /**
   * How attempts end, in the shares in which they did, evenly spread: whose turn is most overdue.
   */
  private static final class Fate {
    private final Map<Status.Code, Long> counts = new EnumMap<>(Status.Code.class);
    private final Map<Status.Code, Long> overdue = new EnumMap<>(Status.Code.class);
    private final long all;

    Fate(Tally attempts) {
      counts.put(Status.Code.OK, attempts.calls() - attempts.errors());
      counts.putAll(attempts.errorsByCode());
      all = attempts.calls();
    }

    Status.Code next() {
      Status.Code found = Status.Code.OK;
      long most = Long.MIN_VALUE;
      for (Map.Entry<Status.Code, Long> one : counts.entrySet()) {
        long now = overdue.merge(one.getKey(), one.getValue(), Long::sum);
        if (now > most) {
          most = now;
          found = one.getKey();
        }
      }
      overdue.merge(found, -all, Long::sum);
      return found;
    }
  }
}
