package dev.clearspan.rpc.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import dev.clearspan.protocol.ServicePolicy;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PolicyRulesTest {
  @Test
  void anEmptyDocumentIsValid() {
    assertThat(PolicyRules.check(ServicePolicy.getDefaultInstance())).isEmpty();
  }

  @Test
  void aFullDocumentInRangeIsValid() throws InvalidProtocolBufferException {
    String json =
        """
        {"service": {
           "deadline": {"timeout": "2s", "max": "60s", "attemptTimeout": "0.500s"},
           "balancer": {"algorithm": "CONSISTENT_HASH", "slowStart": "0s", "hashKey": "tenant",
                        "hashBound": 10, "preferZone": true, "zoneMinimum": 0, "subset": 1000,
                        "adaptive": {"enabled": true, "lowest": 0.01, "highest": 10,
                                     "halfLife": "1s", "expiry": "600s"}},
           "retry": {"maxAttempts": 5, "initialBackoff": "0.050s", "maxBackoff": "2s",
                     "retryableCodes": ["UNAVAILABLE", "ABORTED"], "budgetTokens": 0},
           "breaker": {"enabled": false, "consecutiveFailures": 1000, "failureRate": 1,
                       "minimumCalls": 10000, "window": "300s", "open": "0.100s",
                       "maxOpen": "3600s", "halfOpenProbes": 100,
                       "slowCall": "0.001s", "slowCallRate": 1},
           "outlier": {"enabled": false, "interval": "300s", "minimumCalls": 10000,
                       "errorFactor": 1, "latencyFactor": 100, "ejection": "1s",
                       "maxEjection": "3600s", "maxLeftOut": 1},
           "limit": {"adaptive": {"enabled": false, "min": 1, "max": 1000000}, "maxQueue": "60s",
                     "fixed": [{"rate": 0.001, "burst": 5}, {"caller": "*", "concurrency": 1},
                               {"caller": "spiffe://shop/storefront", "rate": 10, "concurrency": 2}],
                     "throttle": {"enabled": false, "ratio": 1.1}},
           "hedge": {"percentile": 99.9, "maxAttempts": 3},
           "fallback": {"cached": "60s", "codes": ["UNAVAILABLE", "NOT_FOUND"]},
           "fault": {"faults": [{"caller": "storefront", "share": 0.01, "delay": "60s",
             "abort": "INTERNAL", "since": "2026-11-22T12:00:00Z",
             "until": "2026-11-23T12:00:00Z", "reason": "game day", "author": "ada"}]},
           "route": {"rules": [{"metadata": {"tenant": "*"}, "caller": "storefront",
             "splits": [{"percent": 100, "tags": {"region": "eu"}, "version": "2",
                         "strict": true}]}]},
           "telemetry": {"headSampleRate": 0, "slowThreshold": "1s", "keptAttributes": ["tenant"],
             "keep": [{"caller": "storefront", "method": "shop.Orders/Get",
                       "since": "2026-11-22T12:00:00Z", "until": "2026-11-22T13:00:00Z",
                       "reason": "ticket 7", "author": "ada"}]}},
         "methods": {"shop.Orders/Get": {"deadline": {"timeout": "0.100s"},
                                         "limit": {"fixed": [{"concurrency": 2}]},
                                         "telemetry": {"slowFactor": 2.5}}}}
        """;

    assertThat(PolicyRules.check(parse(json))).isEmpty();
  }

  static Stream<Arguments> violations() {
    return Stream.of(
        bad("deadline", "timeout", "'0s'", "0s", "0.001s to 3600s"),
        bad("deadline", "timeout", "'-1s'", "-1s", "0.001s to 3600s"),
        bad("deadline", "max", "'315576000000s'", "315576000000s", "0.001s to 3600s"),
        bad("deadline", "attemptTimeout", "'3601s'", "3601s", "0.001s to 3600s"),
        bad(
            "balancer",
            "algorithm",
            "77",
            "77",
            "one of P2C_PEAK_EWMA, SMOOTH_WEIGHTED_ROUND_ROBIN, WEIGHTED_RANDOM, ROUND_ROBIN,"
                + " RANDOM, LEAST_ACTIVE, CONSISTENT_HASH"),
        bad("balancer", "hashKey", "'Tenant'", "Tenant", "a metadata key, [0-9a-z_.-]{1,64}"),
        bad("balancer", "hashBound", "0.9", "0.9", "1 to 10"),
        bad("balancer", "zoneMinimum", "1.1", "1.1", "0 to 1"),
        bad("balancer", "subset", "1001", "1001", "1 to 1000"),
        bad("balancer", "slowStart", "'601s'", "601s", "0s to 600s"),
        bad("retry", "maxAttempts", "6", "6", "1 to 5"),
        bad("retry", "maxAttempts", "-1", "-1", "1 to 5"),
        bad("retry", "initialBackoff", "'0s'", "0s", "0.001s to 60s"),
        bad("retry", "maxBackoff", "'61s'", "61s", "0.001s to 60s"),
        bad("retry", "budgetTokens", "1001", "1001", "0 to 1000"),
        bad("retry", "budgetTokens", "'NaN'", "NaN", "0 to 1000"),
        bad("breaker", "consecutiveFailures", "1001", "1001", "1 to 1000"),
        bad("breaker", "failureRate", "1.5", "1.5", "more than 0, at most 1"),
        bad("breaker", "minimumCalls", "10001", "10001", "1 to 10000"),
        bad("breaker", "window", "'0.5s'", "0.5s", "1s to 300s"),
        bad("breaker", "open", "'0.05s'", "0.05s", "0.1s to 3600s"),
        bad("breaker", "maxOpen", "'3601s'", "3601s", "0.1s to 3600s"),
        bad("breaker", "halfOpenProbes", "101", "101", "1 to 100"),
        bad("limit", "maxQueue", "'0.001s'", "0.001s", "0.01s to 60s"),
        bad("breaker", "slowCall", "'0s'", "0s", "0.001s to 3600s"),
        bad("breaker", "slowCallRate", "-0.1", "-0.1", "more than 0, at most 1"),
        bad("outlier", "interval", "'0.5s'", "0.5s", "1s to 300s"),
        bad("outlier", "minimumCalls", "10001", "10001", "1 to 10000"),
        bad("outlier", "errorFactor", "0.9", "0.9", "1 to 100"),
        bad("outlier", "latencyFactor", "101", "101", "1 to 100"),
        bad("outlier", "ejection", "'0s'", "0s", "1s to 3600s"),
        bad("outlier", "maxEjection", "'3601s'", "3601s", "1s to 3600s"),
        bad("outlier", "maxLeftOut", "1.1", "1.1", "more than 0, at most 1"),
        bad("hedge", "delay", "'0s'", "0s", "0.001s to 60s"),
        bad("hedge", "percentile", "49", "49", "50 to 99.9"),
        bad("hedge", "maxAttempts", "4", "4", "1 to 3"),
        bad("fallback", "cached", "'0.5s'", "0.5s", "1s to 3600s"),
        bad("fallback", "fixed", "''", "''", "JSON of the reply's message"),
        bad("fallback", "handler", "''", "''", "the name of a handler"),
        bad("telemetry", "headSampleRate", "1.1", "1.1", "0 to 1"),
        bad("telemetry", "slowThreshold", "'0s'", "0s", "0.001s to 3600s"),
        bad("telemetry", "slowFactor", "0.5", "0.5", "1 to 100"));
  }

  @ParameterizedTest
  @MethodSource("violations")
  void namesFieldValueAndExpectation(String json, Violation expected) throws Exception {
    assertThat(PolicyRules.check(parse(json))).containsExactly(expected);
  }

  @Test
  void boundsThatContradictEachOtherAreRefused() throws Exception {
    String json =
        """
        {"service": {"deadline": {"timeout": "10s", "max": "5s"},
                     "retry": {"initialBackoff": "2s", "maxBackoff": "1s"},
                     "breaker": {"open": "30s", "maxOpen": "10s"},
                     "outlier": {"ejection": "30s", "maxEjection": "10s"}}}
        """;

    assertThat(PolicyRules.check(parse(json)))
        .containsExactly(
            new Violation("service.deadline.max", "5s", "at least timeout, 10s"),
            new Violation("service.retry.maxBackoff", "1s", "at least initialBackoff, 2s"),
            new Violation("service.breaker.maxOpen", "10s", "at least open, 30s"),
            new Violation("service.outlier.maxEjection", "10s", "at least ejection, 30s"));
  }

  @Test
  void balancersThatLackWhatTheyNeedAreRefused() throws Exception {
    String json =
        """
        {"service": {"balancer": {"algorithm": "P2C_PEAK_EWMA", "adaptive": {
                       "enabled": true, "lowest": 2, "highest": 0.5, "halfLife": "0s",
                       "expiry": "601s"}}},
         "methods": {"shop.Orders/Get": {"balancer": {
           "algorithm": "CONSISTENT_HASH", "subset": 5, "adaptive": {"highest": 3}}}}}
        """;

    assertThat(PolicyRules.check(parse(json)))
        .extracting(Violation::field, Violation::value)
        .containsExactly(
            tuple("service.balancer.adaptive.enabled", "true"),
            tuple("service.balancer.adaptive.lowest", "2"),
            tuple("service.balancer.adaptive.highest", "0.5"),
            tuple("service.balancer.adaptive.halfLife", "0s"),
            tuple("service.balancer.adaptive.expiry", "601s"),
            tuple("methods[\"shop.Orders/Get\"].balancer.subset", "5"),
            tuple("methods[\"shop.Orders/Get\"].balancer.adaptive", "present"),
            tuple("methods[\"shop.Orders/Get\"].balancer.hashKey", "none"));
  }

  @Test
  void codesThatRetryingCannotHelpAreRefused() throws Exception {
    String json =
        """
        {"service": {"retry": {"retryableCodes": ["UNAVAILABLE", "UNIMPLEMENTED", "unavailable"]}}}
        """;

    assertThat(PolicyRules.check(parse(json)))
        .extracting(Violation::field, Violation::value)
        .containsExactly(
            tuple("service.retry.retryableCodes[1]", "UNIMPLEMENTED"),
            tuple("service.retry.retryableCodes[2]", "unavailable"));
  }

  @Test
  void methodsMustBeNamedInFullAndHaveNoBudgetOfTheirOwn() throws Exception {
    String json =
        """
        {"methods": {"Get": {}, "shop.Orders/Get": {"retry": {"budgetTokens": 5}}}}
        """;

    assertThat(PolicyRules.check(parse(json)))
        .extracting(Violation::toString)
        .containsExactly(
            "methods[\"Get\"]: Get (expected: package.Service/Method)",
            "methods[\"shop.Orders/Get\"].retry.budgetTokens: 5 (expected: absent: the budget"
                + " belongs to the target, set service.retry.budgetTokens)");
  }

  @Test
  void limitsNameWhatTheyLimit() throws Exception {
    String json =
        """
        {"service": {"limit": {"adaptive": {"min": 20, "max": 10}, "throttle": {"ratio": 1},
           "fixed": [{"caller": "a"}, {"caller": "store front", "rate": 1},
                     {"burst": 3, "concurrency": 1}, {"rate": -1}, {"concurrency": 1000001}]}},
         "methods": {"shop.Orders/Get": {"limit": {"adaptive": {"min": 1}, "maxQueue": "1s",
                                                   "throttle": {"ratio": 3}}}}}
        """;

    assertThat(PolicyRules.check(parse(json)))
        .extracting(Violation::toString)
        .containsExactly(
            "service.limit.adaptive.max: 10 (expected: at least min, 20)",
            "service.limit.fixed[0]: neither rate nor concurrency (expected: one of them at least)",
            "service.limit.fixed[1].caller: store front (expected: a service or a certificate's"
                + " name of at most 255 characters, \"*\" or none)",
            "service.limit.fixed[2].burst: 3 (expected: absent without a rate)",
            "service.limit.fixed[3].rate: -1 (expected: 0.001 to 1000000)",
            "service.limit.fixed[4].concurrency: 1000001 (expected: 1 to 1000000)",
            "service.limit.throttle.ratio: 1 (expected: 1.1 to 10)",
            "methods[\"shop.Orders/Get\"].limit.adaptive: present (expected: absent: it is one for"
                + " all methods, set service.limit.adaptive)",
            "methods[\"shop.Orders/Get\"].limit.maxQueue: present (expected: absent: it is one for"
                + " all methods, set service.limit.maxQueue)",
            "methods[\"shop.Orders/Get\"].limit.throttle: present (expected: absent: it is one for"
                + " all methods, set service.limit.throttle)");
  }

  @Test
  void instancesAreJudgedByAllMethodsTogether() throws Exception {
    assertThat(
            PolicyRules.check(
                parse("{\"methods\": {\"shop.Orders/Get\": {\"outlier\": {\"enabled\": false}}}}")))
        .extracting(Violation::toString)
        .containsExactly(
            "methods[\"shop.Orders/Get\"].outlier: present (expected: absent: instances are judged"
                + " by all methods, set service.outlier)");
  }

  @Test
  void keptAttributesAreMetadataKeysWithoutSecretsAtMostSixteen() throws Exception {
    String json =
        """
        {"service": {"telemetry": {"keptAttributes": ["Tenant", "trace-bin", "authorization", "ok"]}},
         "methods": {"shop.Orders/Get": {"telemetry": {"keptAttributes": [%s]}}}}
        """
            .formatted("\"a\",".repeat(16) + "\"b\"");

    assertThat(PolicyRules.check(parse(json)))
        .extracting(Violation::field, Violation::value)
        .containsExactly(
            tuple("service.telemetry.keptAttributes[0]", "Tenant"),
            tuple("service.telemetry.keptAttributes[1]", "trace-bin"),
            tuple("service.telemetry.keptAttributes[2]", "authorization"),
            tuple("methods[\"shop.Orders/Get\"].telemetry.keptAttributes", "17 entries"));
  }

  @Test
  void anOrderToKeepHasACallerAndEndsWithinAnHour() throws Exception {
    String json =
        """
        {"service": {"telemetry": {"keep": [
           {"caller": "", "since": "2026-11-22T12:00:00Z", "until": "2026-11-22T12:01:00Z"},
           {"caller": "a", "method": "Get", "since": "2026-11-22T12:00:00Z"},
           {"caller": "a", "since": "2026-11-22T12:00:00Z", "until": "2026-11-22T13:00:01Z"},
           {"caller": "a", "since": "2026-11-22T12:00:00Z", "until": "2026-11-22T12:00:00Z"}]}},
         "methods": {"shop.Orders/Get": {"telemetry": {"keep": [
           {"caller": "a", "since": "2026-11-22T12:00:00Z", "until": "2026-11-22T12:01:00Z"}]}}}}
        """;

    assertThat(PolicyRules.check(parse(json)))
        .extracting(Violation::field, Violation::value)
        .containsExactly(
            tuple("service.telemetry.keep[0].caller", ""),
            tuple("service.telemetry.keep[1].method", "Get"),
            tuple("service.telemetry.keep[1].until", "none"),
            tuple("service.telemetry.keep[2].until", "3601s after since"),
            tuple("service.telemetry.keep[3].until", "0s after since"),
            tuple("methods[\"shop.Orders/Get\"].telemetry.keep", "1 entries"));
  }

  @Test
  void aFaultEndsWithinADayAndDoesSomething() throws Exception {
    String json =
        """
        {"service": {"fault": {"faults": [
           {"share": 0.5, "abort": "UNAVAILABLE", "since": "2026-11-22T12:00:00Z"},
           {"share": 0.5, "delay": "1s", "since": "2026-11-22T12:00:00Z",
            "until": "2026-11-23T12:00:01Z"},
           {"share": 2, "since": "2026-11-22T12:00:00Z", "until": "2026-11-22T12:00:01Z"},
           {"share": 1, "abort": "OK", "until": "2026-11-22T12:00:01Z"}]}}}
        """;

    assertThat(PolicyRules.check(parse(json)))
        .extracting(Violation::field, Violation::value)
        .containsExactly(
            tuple("service.fault.faults[0].until", "none"),
            tuple("service.fault.faults[1].until", "86401s after since"),
            tuple("service.fault.faults[2].share", "2"),
            tuple("service.fault.faults[2]", "neither delay nor abort"),
            tuple("service.fault.faults[3].abort", "OK"),
            tuple("service.fault.faults[3].since", "none"));
  }

  @Test
  void aRoutesSharesAreAtMostTheWholeAndNameTheirInstances() throws Exception {
    String json =
        """
        {"service": {"route": {"rules": [
           {"splits": [{"percent": 60, "version": "1"}, {"percent": 60, "version": "2"}]},
           {"metadata": {"Tenant": "a"}, "caller": "?", "splits": [{"percent": 101}]},
           {}]}}}
        """;

    assertThat(PolicyRules.check(parse(json)))
        .extracting(Violation::field, Violation::value)
        .containsExactly(
            tuple("service.route.rules[0].splits", "120 percent in all"),
            tuple("service.route.rules[1].metadata", "Tenant"),
            tuple("service.route.rules[1].caller", "?"),
            tuple("service.route.rules[1].splits[0].percent", "101"),
            tuple("service.route.rules[1].splits[0]", "neither tags nor version"),
            tuple("service.route.rules[1].splits", "101 percent in all"),
            tuple("service.route.rules[2].splits", "0 entries"));
  }

  private static Arguments bad(
      String part, String field, String json, String value, String expected) {
    return Arguments.of(
        "{\"service\": {\"%s\": {\"%s\": %s}}}".formatted(part, field, json.replace('\'', '"')),
        new Violation("service." + part + "." + field, value, expected));
  }

  private static ServicePolicy parse(String json) throws InvalidProtocolBufferException {
    ServicePolicy.Builder document = ServicePolicy.newBuilder();
    JsonFormat.parser().merge(json, document);
    return document.build();
  }
}
