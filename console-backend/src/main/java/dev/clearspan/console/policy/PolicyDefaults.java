package dev.clearspan.console.policy;

/** What the engine does where a policy says nothing (docs/policies.md), as it would be written. */
final class PolicyDefaults {
  static final String JSON =
      """
      {
        "deadline": {"byKind": {"QUERY": "1s", "WRITE": "3s", "EXTERNAL": "5s"}, "max": "300s"},
        "balancer": {"algorithm": "P2C_PEAK_EWMA", "slowStart": "10s", "hashBound": 1.25,
          "preferZone": false, "zoneMinimum": 0.7, "adaptive": {"enabled": false, "lowest": 0.1,
            "highest": 2, "halfLife": "5s", "expiry": "30s"}},
        "retry": {"maxAttempts": 3, "initialBackoff": "0.100s", "maxBackoff": "1s",
          "retryableCodes": ["UNAVAILABLE"], "budgetTokens": 10},
        "breaker": {"enabled": true, "consecutiveFailures": 5, "failureRate": 0.5,
          "minimumCalls": 20, "window": "10s", "open": "5s", "maxOpen": "60s",
          "halfOpenProbes": 3},
        "hedge": {"maxAttempts": 2},
        "fallback": {"codes": ["UNAVAILABLE", "DEADLINE_EXCEEDED", "RESOURCE_EXHAUSTED"]}
      }
      """;

  private PolicyDefaults() {}
}
