package dev.clearspan.console.policy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clearspan.console.web.Json;
import java.util.Map;
import java.util.TreeMap;

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
          "slowCallRate": 0.5, "minimumCalls": 20, "window": "10s", "open": "5s", "maxOpen": "60s",
          "halfOpenProbes": 3},
        "outlier": {"enabled": true, "interval": "5s", "minimumCalls": 20, "errorFactor": 3,
          "latencyFactor": 5, "ejection": "10s", "maxEjection": "300s", "maxLeftOut": 0.5},
        "limit": {"adaptive": {"enabled": true, "min": 16}, "maxQueue": "1s",
          "throttle": {"enabled": true, "ratio": 2}},
        "hedge": {"maxAttempts": 2},
        "fallback": {"codes": ["UNAVAILABLE", "DEADLINE_EXCEEDED", "RESOURCE_EXHAUSTED"]}
      }
      """;

  private static final String BY_KIND = "byKind";
  private static final Map<String, JsonNode> BY_PATH = flatten();

  private PolicyDefaults() {}

  /**
   * By the field's path below a policy, such as {@code retry.maxAttempts}; that of {@code
   * deadline.timeout} is an object with one for each kind of method.
   */
  static Map<String, JsonNode> byPath() {
    return BY_PATH;
  }

  private static Map<String, JsonNode> flatten() {
    Map<String, JsonNode> found = new TreeMap<>();
    flatten("", Json.lenient(JSON), found);
    return Map.copyOf(found);
  }

  private static void flatten(String prefix, JsonNode part, Map<String, JsonNode> found) {
    part.fields()
        .forEachRemaining(
            field -> {
              if (field.getKey().equals(BY_KIND)) {
                found.put(prefix + "timeout", field.getValue());
              } else if (field.getValue().isObject()) {
                flatten(prefix + field.getKey() + ".", field.getValue(), found);
              } else {
                found.put(prefix + field.getKey(), field.getValue());
              }
            });
  }
}
