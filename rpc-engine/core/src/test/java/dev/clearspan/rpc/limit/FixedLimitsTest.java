package dev.clearspan.rpc.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clearspan.rpc.limit.FixedLimits.Denial;
import dev.clearspan.rpc.limit.FixedLimits.Outcome;
import dev.clearspan.rpc.limit.FixedLimits.Taken;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What callers may take of what operators have set. */
class FixedLimitsTest {
  private static final long SECOND = 1_000_000_000L;
  private static final String GET = "shop.Orders/Get";

  private long now = 5 * SECOND;

  @Test
  void aBucketGivesItsBurstAndThenItsRate() {
    FixedLimits limits = service(new FixedLimit("storefront", 10, 5, 0));

    assertThat(taken(limits, "storefront", 100)).isEqualTo(5);
    now += SECOND;
    assertThat(taken(limits, "storefront", 100)).isEqualTo(5);
    now += SECOND / 2;
    assertThat(taken(limits, "storefront", 100)).isEqualTo(5);
    now += SECOND / 5;
    assertThat(taken(limits, "storefront", 100)).isEqualTo(2);
    assertThat(taken(limits, "batch", 100)).isEqualTo(100);
  }

  @Test
  void theDenialSaysWhichLimitAndWhenToComeAgain() {
    FixedLimits limits = service(new FixedLimit("storefront", 10, 1, 0));
    assertThat(taken(limits, "storefront", 1)).isEqualTo(1);

    Denial denial = (Denial) limits.take(GET, "storefront", now);
    assertThat(denial.reason()).isEqualTo(RefusalReason.RATE);
    assertThat(denial.text())
        .isEqualTo(
            "calls of caller storefront: at most 10 a second, burst 1 here (policy"
                + " service.limit.fixed[0]; come slower, or raise its rate or burst)");
    assertThat(denial.comeAgainMillis()).isEqualTo(101);
    now += 100_000_000;
    assertThat(taken(limits, "storefront", 2)).isEqualTo(1);
  }

  @Test
  void concurrencyIsGivenBackWithTheCall() {
    FixedLimits limits = service(new FixedLimit(FixedLimit.ALL, 0, 1, 2));
    Taken first = (Taken) limits.take(GET, "a", now);
    assertThat(limits.take(GET, "b", now)).isInstanceOf(Taken.class);

    Denial denial = (Denial) limits.take(GET, "c", now);
    assertThat(denial.reason()).isEqualTo(RefusalReason.CONCURRENCY);
    assertThat(denial.text()).startsWith("calls in flight of all callers together: at most 2");
    first.end();
    assertThat(limits.take(GET, "c", now)).isInstanceOf(Taken.class);
  }

  @Test
  void eachCallerHasItsOwnShareAndThoseBeyondAThousandOneTogether() {
    FixedLimits limits = service(new FixedLimit(FixedLimit.EACH, 0, 1, 1));

    for (int i = 0; i < Quota.MOST_CALLERS; i++) {
      assertThat(taken(limits, "caller-" + i, 2)).isEqualTo(1);
    }
    assertThat(taken(limits, "one more", 2)).isEqualTo(1);
    assertThat(taken(limits, "and another", 1)).isZero();
  }

  @Test
  void allThatMatchHoldAndADenialTakesNothing() {
    FixedLimits limits =
        FixedLimits.NONE.replacedBy(
            List.of(new FixedLimit(FixedLimit.ALL, 1, 10, 0)),
            Map.of(GET, List.of(new FixedLimit(FixedLimit.ALL, 0, 1, 2))));

    assertThat(taken(limits, "a", 5)).isEqualTo(2);
    int others = 0;
    while (limits.take("shop.Orders/Put", "a", now) instanceof Taken) {
      others++;
    }
    assertThat(others).isEqualTo(8);
  }

  @Test
  void whatStaysTheSameGoesOnWhereItWas() {
    FixedLimit kept = new FixedLimit(FixedLimit.ALL, 0, 1, 3);
    FixedLimits limits = service(kept);
    Outcome first = limits.take(GET, "a", now);

    FixedLimits next = limits.replacedBy(List.of(kept), Map.of(GET, List.of()));
    assertThat(taken(next, "a", 5)).isEqualTo(2);
    ((Taken) first).end();
    assertThat(taken(next, "a", 5)).isEqualTo(1);

    FixedLimits wider = next.replacedBy(List.of(new FixedLimit(FixedLimit.ALL, 0, 1, 4)), Map.of());
    assertThat(taken(wider, "a", 5)).isEqualTo(1);
    assertThat(wider.replacedBy(List.of(), Map.of())).isSameAs(FixedLimits.NONE);
  }

  private FixedLimits service(FixedLimit limit) {
    return FixedLimits.NONE.replacedBy(List.of(limit), Map.of());
  }

  /** How many of so many calls at this moment may be made. */
  private int taken(FixedLimits limits, String caller, int calls) {
    int taken = 0;
    for (int i = 0; i < calls; i++) {
      taken += limits.take(GET, caller, now) instanceof Taken ? 1 : 0;
    }
    return taken;
  }
}
