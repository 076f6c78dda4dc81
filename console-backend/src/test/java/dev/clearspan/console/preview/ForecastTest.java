package dev.clearspan.console.preview;

import static dev.clearspan.console.preview.Scenes.METHOD;
import static dev.clearspan.console.preview.Scenes.forecast;
import static org.assertj.core.api.Assertions.assertThat;

import dev.clearspan.console.metric.CallSteps;
import dev.clearspan.console.metric.StepsOf;
import dev.clearspan.console.preview.Preview.DeadlineForecast;
import dev.clearspan.console.preview.Preview.RetryForecast;
import dev.clearspan.console.preview.Preview.Unpredicted;
import dev.clearspan.console.preview.RuleChange.Layer;
import dev.clearspan.rpc.Status.Code;
import org.junit.jupiter.api.Test;

class ForecastTest {
  private static final CallSteps CALLS =
      new StepsOf()
          .steadily(90, 0.02, Code.OK)
          .steadily(10, 0.45, Code.UNAVAILABLE)
          .calls("storefront", METHOD);
  private static final CallSteps ATTEMPTS =
      new StepsOf()
          .steadily(90, 0.02, Code.OK)
          .steadily(10, 0.45, Code.UNAVAILABLE)
          .attempts("storefront", METHOD, "a");

  @Test
  void aDocumentThatChangesNothing_changesNothing() {
    String policy = "{'service':{'retry':{'maxAttempts':2},'breaker':{'consecutiveFailures':3}}}";
    Preview preview = forecast(policy, policy, CALLS, ATTEMPTS);
    assertThat(preview.calls()).isEqualTo(9_000);
    assertThat(preview.rules()).isEmpty();
    assertThat(preview.callers()).isEmpty();
    assertThat(preview.splits()).isEmpty();
    assertThat(preview.breakers()).isEmpty();
    assertThat(preview.deadlines()).isEmpty();
    assertThat(preview.retries()).isEmpty();
    assertThat(preview.unpredicted()).isEmpty();
  }

  @Test
  void withoutTrafficItSaysSo() {
    Preview preview = forecast("{}", "{'service':{'deadline':{'timeout':'0.3s'}}}");
    assertThat(preview.calls()).isZero();
    assertThat(preview.rules()).hasSize(1);
    assertThat(preview.unpredicted())
        .extracting(Unpredicted::why)
        .anyMatch(why -> why.contains("no caller counted a call"));
  }

  @Test
  void aTimeoutCutsCallsThatTookLonger() {
    Preview preview =
        forecast("{}", "{'service':{'deadline':{'timeout':'0.3s'}}}", CALLS, ATTEMPTS);
    assertThat(preview.deadlines())
        .containsExactly(
            new DeadlineForecast("storefront", METHOD, "deadline", 300, 9_000, 900, 900));
    assertThat(preview.callers()).extracting(Preview.AffectedCaller::calls).containsExactly(9_000L);
  }

  @Test
  void aTimeWithinABucketIsToldAsARange() {
    Preview preview =
        forecast("{}", "{'service':{'deadline':{'timeout':'0.45s'}}}", CALLS, ATTEMPTS);
    assertThat(preview.deadlines())
        .containsExactly(
            new DeadlineForecast("storefront", METHOD, "deadline", 450, 9_000, 0, 900));
  }

  @Test
  void retriesSwitchedOff_areNotMade() {
    Preview preview = forecast("{}", "{'service':{'retry':{'maxAttempts':1}}}", CALLS, ATTEMPTS);
    assertThat(preview.retries()).hasSize(1);
    RetryForecast retries = preview.retries().get(0);
    assertThat(retries.after()).isZero();
    assertThat(retries.before()).isPositive();
  }

  @Test
  void theBudgetBoundsAddedRetries() {
    CallSteps failing =
        new StepsOf().steadily(100, 0.02, Code.ABORTED).attempts("storefront", METHOD, "a");
    Preview preview =
        forecast("{}", "{'service':{'retry':{'retryableCodes':['ABORTED']}}}", failing);
    RetryForecast retries = preview.retries().get(0);
    assertThat(retries.before()).isZero();
    assertThat(retries.after()).isBetween(1L, 910L);
  }

  @Test
  void theMethodsEntryWins_thenTheService_thenCodeOrDefault() {
    Preview preview =
        forecast(
            "{'methods':{'shop.Orders/Find':{'retry':{'maxAttempts':1}}}}",
            "{'service':{'retry':{'maxAttempts':2}},"
                + "'methods':{'shop.Orders/Find':{'deadline':{'timeout':'1s'}}}}",
            CALLS,
            ATTEMPTS);
    RuleChange retry = rule(preview, "retry.maxAttempts");
    assertThat(retry.before().layer()).isEqualTo(Layer.METHOD);
    assertThat(retry.after().layer()).isEqualTo(Layer.SERVICE);
    assertThat(retry.why()).contains("no longer says it");
    RuleChange deadline = rule(preview, "deadline.timeout");
    assertThat(deadline.before().layer()).isEqualTo(Layer.CODE_OR_DEFAULT);
    assertThat(deadline.after().layer()).isEqualTo(Layer.METHOD);
    assertThat(deadline.methods()).containsExactly(METHOD);
  }

  @Test
  void aDefaultThatIsWrittenDown_keepsItsValue() {
    Preview preview = forecast("{}", "{'service':{'retry':{'maxAttempts':3}}}", CALLS, ATTEMPTS);
    assertThat(rule(preview, "retry.maxAttempts").why()).startsWith("The value stays.");
    assertThat(preview.retries()).isEmpty();
  }

  @Test
  void whatCannotBePredictedIsNamed() {
    Preview preview =
        forecast(
            "{'service':{'balancer':{'algorithm':'RANDOM'}}}",
            "{'service':{'balancer':{'algorithm':'P2C_PEAK_EWMA'},'outlier':{'errorFactor':2}}}",
            CALLS,
            ATTEMPTS);
    assertThat(preview.splits().get(0).instances())
        .allSatisfy(instance -> assertThat(instance.after()).isNull());
    assertThat(preview.unpredicted())
        .extracting(Unpredicted::field)
        .contains("balancer.algorithm", "outlier");
  }

  private static RuleChange rule(Preview preview, String field) {
    return preview.rules().stream()
        .filter(rule -> rule.field().equals(field))
        .findFirst()
        .orElseThrow();
  }
}
