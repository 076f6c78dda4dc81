package dev.clearspan.rpc.ledger;

import java.util.Map;

/**
 * What is recorded of the calls to one service, as operators want it now. Immutable; rules that say
 * the same are equal.
 *
 * @param others for methods without an entry
 * @param methods by full method name
 */
public record TelemetryRules(TelemetryRule others, Map<String, TelemetryRule> methods) {
  /** Nothing is set: the process decides. */
  public static final TelemetryRules NONE = new TelemetryRules(TelemetryRule.DEFAULT, Map.of());

  public TelemetryRules {
    methods = Map.copyOf(methods);
  }

  /** The rule of a method, by its full name. */
  public TelemetryRule of(String method) {
    return methods.getOrDefault(method, others);
  }
}
