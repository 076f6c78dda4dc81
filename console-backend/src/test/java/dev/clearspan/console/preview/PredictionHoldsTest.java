package dev.clearspan.console.preview;

import static dev.clearspan.console.preview.Scenes.METHOD;
import static dev.clearspan.console.preview.Scenes.forecast;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.clearspan.console.metric.CallSteps;
import dev.clearspan.console.metric.StepsOf;
import dev.clearspan.console.preview.Preview.BreakerForecast;
import dev.clearspan.console.preview.Preview.InstanceShare;
import dev.clearspan.console.preview.Preview.Replay.Verdict;
import dev.clearspan.protocol.Policy;
import dev.clearspan.rpc.Status.Code;
import dev.clearspan.rpc.balance.Balancer;
import dev.clearspan.rpc.balance.BalancerSettings;
import dev.clearspan.rpc.balance.BalancerSettings.Algorithm;
import dev.clearspan.rpc.balance.Balancers;
import dev.clearspan.rpc.balance.Continuity;
import dev.clearspan.rpc.balance.Field;
import dev.clearspan.rpc.balance.LoadMeter;
import dev.clearspan.rpc.breaker.BreakerView;
import dev.clearspan.rpc.breaker.CircuitBreaker.Permit;
import dev.clearspan.rpc.breaker.SlidingWindowBreaker;
import dev.clearspan.rpc.policy.PolicyLayers;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is predicted is what production's classes then do. */
class PredictionHoldsTest {
  private static final CallSteps EVEN =
      new StepsOf().steadily(30, 0.02, Code.OK).attempts("storefront", METHOD, "a");

  @ParameterizedTest
  @EnumSource(
      value = Algorithm.class,
      names = {"SMOOTH_WEIGHTED_ROUND_ROBIN", "WEIGHTED_RANDOM"})
  void sharesAreThoseOfTheBalancer_withinOnePoint(Algorithm algorithm) {
    Preview preview =
        forecast("{}", "{'service':{'balancer':{'algorithm':'" + algorithm + "'}}}", EVEN);
    double[] weights = {100, 200, 700};
    Field field =
        new Field(
            List.of("a", "b", "c"),
            weights,
            weights,
            new LoadMeter[] {new LoadMeter(), new LoadMeter(), new LoadMeter()});
    Balancer production =
        new Balancers(new Continuity(5), () -> 0, System::nanoTime, new Random(4711))
            .of(BalancerSettings.DEFAULT.withAlgorithm(algorithm), field);
    int[] taken = new int[3];
    for (int i = 0; i < 100_000; i++) {
      taken[production.pick(index -> true)]++;
    }
    List<InstanceShare> predicted = preview.splits().get(0).instances();
    for (int i = 0; i < taken.length; i++) {
      assertThat(predicted.get(i).after()).isCloseTo(taken[i] / 100_000.0, within(0.01));
    }
    assertThat(predicted.get(0).before()).isEqualTo(1.0);
  }

  @Test
  void nearInstancesTakeAllCalls_whenTheZoneIsPreferred() {
    Preview preview =
        forecast(
            "{}",
            "{'service':{'balancer':{'algorithm':'SMOOTH_WEIGHTED_ROUND_ROBIN','preferZone':true}}}",
            EVEN);
    List<InstanceShare> predicted = preview.splits().get(0).instances();
    assertThat(predicted.get(1).after()).isCloseTo(2 / 3.0, within(0.01));
    assertThat(predicted.get(2).after()).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {30, 55, 70, 100})
  void aBreakerOpensInThePreview_ifItOpensInFact(int failing) {
    StepsOf steps = new StepsOf().steadily(100 - failing, 0.02, Code.OK);
    steps.steadily(failing, 0.02, Code.INTERNAL);
    String draft =
        "{'service':{'breaker':{'failureRate':0.6,'minimumCalls':20,'consecutiveFailures':1000}}}";
    Preview preview =
        forecast(
            "{'service':{'breaker':{'enabled':false}}}",
            draft,
            steps.attempts("storefront", METHOD, "a"));
    Verdict predicted = preview.breakers().get(0).after().verdict();
    assertThat(predicted).isEqualTo(failing >= 60 ? Verdict.OPENS : Verdict.MAY_OPEN);
    boolean opens = replayed(draft, failing);
    assertThat(opens).isEqualTo(failing > 50);
  }

  @Test
  void aBreakerThatStaysClosedInThePreview_doesSoInFact() {
    String draft =
        "{'service':{'breaker':{'failureRate':0.6,'consecutiveFailures':1000,'open':'1s'}}}";
    Preview preview = forecast("{'service':{'breaker':{'enabled':false}}}", draft, EVEN);
    assertThat(preview.breakers()).isEmpty();
    assertThat(replayed(draft, 0)).isFalse();
  }

  /** The same series, its order shuffled, through a breaker as a channel has it. */
  private static boolean replayed(String document, int failing) {
    Random random = new Random(failing);
    SlidingWindowBreaker breaker =
        new SlidingWindowBreaker(
            PolicyLayers.resolve(Scenes.policy(document), Policy.getDefaultInstance(), METHOD)
                .breaker(),
            0,
            random,
            change -> {});
    long pause = Duration.ofMillis(100).toNanos();
    for (int i = 0; i < 9_000; i++) {
      Permit permit = breaker.acquire(i * pause);
      if (permit != null && random.nextInt(100) < failing) {
        permit.failed(i * pause, 0, "INTERNAL");
      } else if (permit != null) {
        permit.succeeded(i * pause, 0);
      }
      if (breaker.computed().state() != BreakerView.Name.CLOSED) {
        return true;
      }
    }
    return false;
  }

  @Test
  void slowCallsOpen() {
    CallSteps slow =
        new StepsOf()
            .steadily(20, 0.02, Code.OK)
            .steadily(30, 0.9, Code.OK)
            .attempts("storefront", METHOD, "a");
    Preview preview = forecast("{}", "{'service':{'breaker':{'slowCall':'0.5s'}}}", slow);
    BreakerForecast breaker = preview.breakers().get(0);
    assertThat(breaker.before().verdict()).isEqualTo(Verdict.STAYS_CLOSED);
    assertThat(breaker.after().verdict()).isEqualTo(Verdict.OPENS);
    assertThat(breaker.after().cause()).contains("took 500 ms or more");
    assertThat(breaker.after().openSeconds()).isPositive();
  }

  @Test
  void fewFailures_openOnlyIfTheyCameInARow() {
    CallSteps few =
        new StepsOf()
            .steadily(95, 0.02, Code.OK)
            .add(40, 4, 0.02, Code.UNAVAILABLE)
            .attempts("storefront", METHOD, "a");
    Preview preview = forecast("{}", "{'service':{'breaker':{'consecutiveFailures':3}}}", few);
    BreakerForecast breaker = preview.breakers().get(0);
    assertThat(breaker.after().verdict()).isEqualTo(Verdict.MAY_OPEN);
    assertThat(breaker.after().cause()).startsWith("3 failures in a row");
    assertThat(breaker.after().firstAt()).isEqualTo(Scenes.NOON.minusSeconds(500));
  }

  @Test
  void theWorkIsBounded_howeverMuchTrafficThereIs() {
    CallSteps[] busy = new CallSteps[100];
    for (int i = 0; i < busy.length; i++) {
      busy[i] =
          new StepsOf()
              .steadily(1_000_000, 0.02, Code.OK)
              .steadily(300_000, 0.9, Code.UNAVAILABLE)
              .attempts("storefront", "shop.Orders/M" + i, "a");
    }
    Preview preview =
        forecast(
            "{}", "{'service':{'breaker':{'consecutiveFailures':900,'failureRate':0.2}}}", busy);
    assertThat(preview.breakers()).isNotEmpty();
    assertThat(preview.unpredicted()).anyMatch(open -> open.why().contains("than can be replayed"));
  }
}
