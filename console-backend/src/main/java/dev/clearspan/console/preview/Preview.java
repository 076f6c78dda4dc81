package dev.clearspan.console.preview;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a draft would change, by the calls of the last 15 minutes.
 *
 * @param revision of the policy the draft is compared with; 0: there is none
 * @param from start of the calls looked at
 * @param calls logical calls looked at, of all callers and methods
 * @param rules fields whose value or whose layer changes, by method
 * @param unpredicted what is not reckoned, and why
 * @param examples kept traces of the calls concerned
 */
public record Preview(
    String service,
    long revision,
    Instant from,
    Instant to,
    long calls,
    List<RuleChange> rules,
    List<AffectedCaller> callers,
    List<Split> splits,
    List<BreakerForecast> breakers,
    List<DeadlineForecast> deadlines,
    List<RetryForecast> retries,
    List<Unpredicted> unpredicted,
    List<Example> examples) {

  /** A caller with calls to methods for which something changes. */
  public record AffectedCaller(String caller, int processes, long calls, List<String> methods) {}

  /**
   * How attempts are spread over instances.
   *
   * @param callers all those it holds for
   * @param algorithmBefore the balancer's name
   */
  public record Split(
      List<String> methods,
      List<String> callers,
      String algorithmBefore,
      String algorithmAfter,
      List<InstanceShare> instances) {}

  /**
   * One instance's part.
   *
   * @param before observed; null without calls
   * @param after predicted; null if that cannot be
   */
  public record InstanceShare(
      String instance, long attempts, @Nullable Double before, @Nullable Double after) {}

  /** A breaker that would do otherwise than it does under the rules in force. */
  public record BreakerForecast(
      String caller, String method, String instance, Replay before, Replay after) {}

  /**
   * What a breaker of one process does with the calls looked at.
   *
   * @param verdict whether it opens
   * @param openings how often
   * @param openSeconds how long in all
   * @param firstAt when first, to 10 s
   * @param cause of the first opening; empty: none
   */
  public record Replay(
      Verdict verdict, int openings, double openSeconds, @Nullable Instant firstAt, String cause) {
    /** Whether it opens; the order of the calls within 10 s is not known. */
    public enum Verdict {
      /** Whatever the order. */
      OPENS,
      /** If failures came in a row. */
      MAY_OPEN,
      STAYS_CLOSED
    }
  }

  /**
   * Calls or attempts that a time limit would have cut.
   *
   * @param field which limit
   * @param calls how many were counted
   * @param atLeast that surely took longer
   * @param atMost as far as buckets tell
   */
  public record DeadlineForecast(
      String caller,
      String method,
      String field,
      double limitMillis,
      long calls,
      long atLeast,
      long atMost) {}

  /**
   * Attempts after a call's first.
   *
   * @param observed as counted
   * @param before reckoned under the rules in force
   * @param after reckoned under the draft
   */
  public record RetryForecast(
      String caller, String method, long calls, long observed, long before, long after) {}

  /** What is not reckoned. */
  public record Unpredicted(String field, String why) {}

  /**
   * A kept trace.
   *
   * @param about what it is an example of: a part of the policy
   */
  public record Example(
      String about,
      String traceId,
      String method,
      Instant startedAt,
      double durationMillis,
      String status) {}
}
