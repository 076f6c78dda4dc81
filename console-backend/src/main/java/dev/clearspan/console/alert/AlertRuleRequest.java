package dev.clearspan.console.alert;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A rule as somebody writes it; {@link AlertRule} says what its fields mean.
 *
 * @param id if given, the one in the address
 * @param resolveSeconds default: as long as forSeconds
 * @param enabled default: true
 */
public record AlertRuleRequest(
    @Nullable String id,
    @Nullable String name,
    @Nullable AlertKind kind,
    @Nullable TargetRequest target,
    @Nullable ConditionRequest condition,
    @Nullable Long forSeconds,
    @Nullable Long resolveSeconds,
    @Nullable AlertSeverity severity,
    @Nullable Boolean enabled,
    @Nullable String summary,
    @Nullable String runbookUrl,
    @Nullable Map<String, String> labels) {

  /** What it is about; what is absent is all. */
  public record TargetRequest(
      @Nullable String service, @Nullable String method, @Nullable String caller) {}

  /**
   * When it holds.
   *
   * @param operator default: {@code >=}
   * @param unit if given, the kind's
   * @param windowSeconds default: 30
   * @param minCalls default: 1
   */
  public record ConditionRequest(
      @Nullable AlertOperator operator,
      @Nullable Double threshold,
      @Nullable String unit,
      @Nullable Long windowSeconds,
      @Nullable Long minCalls) {}
}
