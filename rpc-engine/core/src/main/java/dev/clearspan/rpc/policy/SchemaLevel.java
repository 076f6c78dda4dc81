package dev.clearspan.rpc.policy;

import com.google.protobuf.Descriptors.GenericDescriptor;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Since which level of the policy schema a field is known. Processes tell their level in their
 * status, so that one can say before a document is stored who will not understand it. Whoever adds
 * a field to policy.proto adds it here, to a level that no release has.
 *
 * @see dev.clearspan.rpc.control.StatusBoard#POLICY_SCHEMA_LEVEL
 */
public final class SchemaLevel {
  /** Level, message or enum, fields or values. */
  private static final String FIELDS =
      """
      1 ServicePolicy service methods
      1 Policy deadline balancer retry breaker
      1 DeadlinePolicy timeout max attempt_timeout
      1 BalancerPolicy algorithm slow_start
      1 BalancerPolicy.Algorithm P2C_PEAK_EWMA SMOOTH_WEIGHTED_ROUND_ROBIN
      1 RetryPolicy max_attempts initial_backoff max_backoff retryable_codes budget_tokens
      1 BreakerPolicy enabled consecutive_failures failure_rate minimum_calls window open max_open
      1 BreakerPolicy half_open_probes
      2 Policy telemetry
      2 TelemetryPolicy head_sample_rate slow_threshold slow_factor kept_attributes keep
      2 KeepOrder caller method since until reason author
      3 ServicePolicy guard
      3 ChangeGuard max_error_share max_p99 minimum_calls duration since until
      3 ChangeGuard previous previous_revision author
      3 Policy hedge outlier limit fallback fault route
      3 BalancerPolicy hash_key hash_bound prefer_zone zone_minimum subset adaptive
      3 BalancerPolicy.Algorithm WEIGHTED_RANDOM ROUND_ROBIN RANDOM LEAST_ACTIVE CONSISTENT_HASH
      3 AdaptiveWeights enabled lowest highest half_life expiry
      3 BreakerPolicy slow_call slow_call_rate
      3 OutlierPolicy enabled interval minimum_calls error_factor latency_factor ejection
      3 OutlierPolicy max_ejection max_left_out
      3 HedgePolicy delay percentile max_attempts
      3 LimitPolicy adaptive max_queue fixed throttle
      3 AdaptiveLimit enabled min max
      3 StaticLimit caller rate burst concurrency
      3 ClientThrottle enabled ratio
      3 FallbackPolicy fixed cached handler none codes
      3 FaultPolicy faults
      3 Fault caller share delay abort until reason author since
      3 RoutePolicy rules
      3 RouteRule metadata caller splits
      3 RouteSplit percent tags version strict
      """;

  private static final Map<String, Integer> SINCE = parse();

  private SchemaLevel() {}

  /** The first level that knows the field or value of an enum; empty for one of no policy. */
  public static Optional<Integer> since(GenericDescriptor part) {
    return Optional.ofNullable(SINCE.get(part.getFullName()));
  }

  private static Map<String, Integer> parse() {
    Map<String, Integer> since = new HashMap<>();
    FIELDS
        .lines()
        .map(line -> line.split(" "))
        .forEach(
            words -> {
              for (int i = 2; i < words.length; i++) {
                since.put("clearspan." + words[1] + "." + words[i], Integer.valueOf(words[0]));
              }
            });
    return Map.copyOf(since);
  }
}
