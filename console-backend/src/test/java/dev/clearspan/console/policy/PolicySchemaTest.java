package dev.clearspan.console.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import dev.clearspan.console.problem.ProblemException;
import dev.clearspan.console.web.Json;
import dev.clearspan.protocol.ServicePolicy;
import dev.clearspan.rpc.policy.PolicyRules;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PolicySchemaTest {
  private static final JsonSchema SCHEMA =
      JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
          .getSchema(PolicySchema.document());

  private static JsonNode json(String text) {
    return Json.lenient(text.replace('\'', '"'));
  }

  private static Set<ValidationMessage> wrongWith(String text) {
    return SCHEMA.validate(json(text));
  }

  /** By the rules of console and clients. */
  private static boolean isAccepted(String text) {
    try {
      ServicePolicy policy = PolicyText.parse(json(text));
      return PolicyRules.check(policy).isEmpty();
    } catch (ProblemException e) {
      return false;
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{'service': {'retry': {'maxAttempts': 5, 'retryableCodes': ['UNAVAILABLE', 'ABORTED']}}}",
        "{'service': {'deadline': {'timeout': '0.001s', 'max': '3600s'}}}",
        "{'service': {'balancer': {'algorithm': 'LEAST_ACTIVE', 'slowStart': '0s', 'subset': 20}}}",
        "{'service': {'balancer': {'algorithm': 'RANDOM', 'adaptive': {'enabled': true}}}}",
        "{'service': {'breaker': {'failureRate': 1, 'window': '10.5s', 'slowCall': '0.250s'}}}",
        "{'service': {'outlier': {'maxLeftOut': 0.3, 'ejection': '1s'}}}",
        "{'service': {'telemetry': {'headSampleRate': 0, 'slowFactor': 2.5}}}",
        "{'methods': {'shop.Orders/Get': {'deadline': {'timeout': '0.100s'}}}}"
      })
  void whatIsAcceptedValidates(String document) {
    assertThat(isAccepted(document)).isTrue();
    assertThat(wrongWith(document)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "{'servce': {}}",
        "{'service': {'retry': {'maxAtempts': 2}}}",
        "{'service': {'retry': {'maxAttempts': 6}}}",
        "{'service': {'retry': {'maxAttempts': -1}}}",
        "{'service': {'retry': {'maxAttempts': 1.5}}}",
        "{'service': {'retry': {'retryableCodes': ['OK']}}}",
        "{'service': {'deadline': {'timeout': '0s'}}}",
        "{'service': {'deadline': {'timeout': '3601s'}}}",
        "{'service': {'deadline': {'timeout': 5}}}",
        "{'service': {'deadline': {'timeout': 'soon'}}}",
        "{'service': {'breaker': {'window': '0.5s'}}}",
        "{'service': {'breaker': {'failureRate': 1.5}}}",
        "{'service': {'balancer': {'algorithm': 'LUCK'}}}",
        "{'service': {'telemetry': {'slowThreshold': '1s', 'slowFactor': 2}}}",
        "{'methods': {'Get': {}}}",
        "{'methods': {'shop.Orders/Get': {'balancer': {'subset': 5}}}}",
        "{'methods': {'shop.Orders/Get': {'outlier': {'enabled': true}}}}"
      })
  void whatIsRefusedDoesNot(String document) {
    assertThat(isAccepted(document)).isFalse();
    assertThat(wrongWith(document)).isNotEmpty();
  }

  @Test
  void editorsSeeDefaultsAndRanges() {
    JsonNode attempts =
        PolicySchema.document().at("/properties/service/properties/retry/properties/maxAttempts");

    assertThat(attempts)
        .isEqualTo(json("{'type': 'integer', 'minimum': 1, 'maximum': 5, 'default': 3}"));
    assertThat(PolicySchema.document().at("/properties/service/properties/deadline").toString())
        .contains("Default by the method's kind");
  }
}
