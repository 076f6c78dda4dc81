package dev.clearspan.rpc.retry;

import static dev.clearspan.rpc.retry.RetryRule.Decision.EXHAUSTED;
import static dev.clearspan.rpc.retry.RetryRule.Decision.FREE_RETRY;
import static dev.clearspan.rpc.retry.RetryRule.Decision.RETRY;
import static dev.clearspan.rpc.retry.RetryRule.Decision.STOP;
import static dev.clearspan.rpc.retry.RetryRule.Decision.TRANSPARENT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.clearspan.rpc.Metadata;
import dev.clearspan.rpc.Status;
import dev.clearspan.rpc.Status.Code;
import dev.clearspan.rpc.retry.RetryRule.Decision;
import dev.clearspan.rpc.retry.RetryRule.Failure;
import org.junit.jupiter.api.Test;

class RetryRuleTest {
  private static final Metadata NONE = Metadata.EMPTY;

  @Test
  void whatNoHandlerSawGoesElsewhereAtOnceAndLaterByBackoff() {
    assertThat(decide(Failure.NO_HANDLER_RAN, Code.UNAVAILABLE, NONE, false, 1, 0))
        .isEqualTo(TRANSPARENT);
    assertThat(decide(Failure.NO_HANDLER_RAN, Code.UNAVAILABLE, NONE, false, 1, 1))
        .isEqualTo(RETRY);
    assertThat(decide(Failure.NO_HANDLER_RAN, Code.UNAVAILABLE, NONE, false, 3, 1))
        .isEqualTo(EXHAUSTED);
  }

  @Test
  void whatAHandlerMayHaveSeenIsRetriedOnlyIfIdempotent() {
    for (Failure failure : new Failure[] {Failure.CONNECTION_LOST, Failure.TIMED_OUT}) {
      assertThat(decide(failure, Code.UNAVAILABLE, NONE, false, 1, 0)).isEqualTo(STOP);
    }
    assertThat(decide(Failure.TIMED_OUT, Code.DEADLINE_EXCEEDED, NONE, true, 1, 0))
        .isEqualTo(RETRY);
  }

  @Test
  void theFirstLostConnectionOfACallIsRepeatedForFree() {
    assertThat(decide(Failure.CONNECTION_LOST, Code.UNAVAILABLE, NONE, true, 1, 0))
        .isEqualTo(FREE_RETRY);
    assertThat(lostAgain(2)).isEqualTo(RETRY);
    assertThat(lostAgain(3)).isEqualTo(EXHAUSTED);
  }

  @Test
  void aStatusIsRetriedOnlyIfListedAndIdempotentAndUnmarked() {
    assertThat(decide(Failure.STATUS, Code.UNAVAILABLE, NONE, true, 1, 0)).isEqualTo(RETRY);
    assertThat(decide(Failure.STATUS, Code.UNAVAILABLE, NONE, false, 1, 0)).isEqualTo(STOP);
    assertThat(decide(Failure.STATUS, Code.NOT_FOUND, NONE, true, 1, 0)).isEqualTo(STOP);
    assertThat(decide(Failure.STATUS, Code.UNIMPLEMENTED, NONE, true, 1, 0)).isEqualTo(STOP);
    assertThat(
            decide(Failure.STATUS, Code.UNAVAILABLE, RetryMark.put(Metadata.EMPTY, 3), true, 1, 0))
        .isEqualTo(STOP);
  }

  @Test
  void theServersPushbackIsObeyed() {
    assertThat(pushed("-1", Code.UNAVAILABLE, true)).isEqualTo(STOP);
    assertThat(pushed("soon", Code.UNAVAILABLE, true)).isEqualTo(STOP);
    assertThat(pushed("20", Code.UNAVAILABLE, true)).isEqualTo(RETRY);
    assertThat(pushed("0", Code.RESOURCE_EXHAUSTED, true)).isEqualTo(RETRY);
    assertThat(pushed("0", Code.UNAVAILABLE, false)).isEqualTo(STOP);
    assertThat(Pushback.nanos(Metadata.EMPTY.with(Pushback.KEY, "20"))).isEqualTo(20_000_000);
  }

  private static Decision pushed(String millis, Code code, boolean idempotent) {
    Metadata reply = Metadata.EMPTY.with(Pushback.KEY, millis);
    return decide(Failure.STATUS, code, reply, idempotent, 1, 0);
  }

  @Test
  void theLastAttemptIsTheLast() {
    assertThat(decide(Failure.STATUS, Code.UNAVAILABLE, NONE, true, 3, 0)).isEqualTo(EXHAUSTED);
  }

  private static Decision lostAgain(int attempts) {
    return RetryRule.decide(
        RetrySettings.DEFAULT,
        Failure.CONNECTION_LOST,
        Status.of(Code.UNAVAILABLE, "said by a test"),
        NONE,
        true,
        attempts,
        0,
        1);
  }

  private static Decision decide(
      Failure failure,
      Code code,
      Metadata metadata,
      boolean idempotent,
      int attempts,
      int transparent) {
    return RetryRule.decide(
        RetrySettings.DEFAULT,
        failure,
        Status.of(code, "said by a test"),
        metadata,
        idempotent,
        attempts,
        transparent,
        0);
  }
}
