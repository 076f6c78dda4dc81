package dev.clearspan.rpc.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clearspan.protocol.ThrottleStatus;
import dev.clearspan.rpc.CallOptions;
import dev.clearspan.rpc.Criticality;
import dev.clearspan.rpc.Metadata;
import dev.clearspan.rpc.RpcException;
import dev.clearspan.rpc.Status;
import dev.clearspan.rpc.Status.Code;
import dev.clearspan.rpc.internal.transport.AttemptResult;
import dev.clearspan.rpc.internal.transport.FakeTransport;
import dev.clearspan.rpc.limit.LimitMark;
import dev.clearspan.rpc.limit.RefusalReason;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a channel does when the servers it calls are full. */
class ThrottleCallTest extends ChannelFixture {
  private static final AttemptResult<String> FULL =
      new AttemptResult.Refused<>(
          Status.of(Code.UNAVAILABLE, "overloaded"), LimitMark.of(RefusalReason.ADAPTIVE), 3);

  @BeforeEach
  void withoutRetries() {
    policy("{\"service\": {\"retry\": {\"maxAttempts\": 1}}}");
    registry.put(1);
  }

  @Test
  void refusesByItselfWhatTheServersWouldRefuse() {
    peer(1).answers(FULL);
    RpcException last = failMany(400);

    assertThat(received(1)).isLessThan(2 * 200);
    double throttled = sample("clearspan.client.call.throttled");
    assertThat(received(1) + 2 * throttled).isEqualTo(2 * 400);
    while (!"throttled".equals(ledger.last().end().errorType())) {
      last = failure(CHARGE);
    }
    assertThat(last.code()).isEqualTo(Code.RESOURCE_EXHAUSTED);
    assertThat(last)
        .hasMessageContaining("throttled: instances of payments have refused so many calls")
        .hasMessageContaining("limit.throttle");
    assertThat(site(last).stage()).isEqualTo("throttle");
    assertThat(ledger.last().end().attempts()).isZero();

    ThrottleStatus told = status().getThrottles(0);
    assertThat(told.getMethod()).isEqualTo("shop.Payments/Charge");
    assertThat(told.getCriticality()).isEqualTo("critical");
    assertThat(told.getShare()).isGreaterThan(0.9);
  }

  @Test
  void otherMethodsAndClassesDoNotPayForIt() {
    peer(1).answers(FULL);
    failMany(400);
    peer(1).answers(FakeTransport.ok("done"));

    callTimes(50, GET);
    for (int i = 0; i < 50; i++) {
      String reply =
          channel()
              .call(CHARGE, "ping", CallOptions.DEFAULT.withCriticality(Criticality.CRITICAL_PLUS));
      assertThat(reply).isEqualTo("done");
    }
  }

  @Test
  void allIsSentAgainWithinSecondsOfTheServersRecovery() {
    peer(1).answers(FULL);
    failMany(400);
    peer(1).answers(FakeTransport.ok("done"));
    clock.advance(Duration.ofSeconds(11));

    callTimes(100, CHARGE);
    assertThat(status().getThrottlesCount()).isZero();
  }

  @Test
  void aLimitThatIsMetOpensNoBreaker() {
    peer(1)
        .answers(
            new AttemptResult.Refused<String>(
                Status.of(Code.RESOURCE_EXHAUSTED, "too many"),
                LimitMark.of(RefusalReason.RATE),
                3));
    failMany(20);

    assertThat(status().getBreakersCount()).isZero();
  }

  @Test
  void failuresOfHandlersThrottleNothing() {
    policy("{\"service\": {\"retry\": {\"maxAttempts\": 1}, \"breaker\": {\"enabled\": false}}}");
    peer(1).answers(FakeTransport.status(Code.UNAVAILABLE, Metadata.EMPTY));
    failMany(100);

    assertThat(received(1)).isEqualTo(100);
  }

  @Test
  void switchedOffEverythingIsSent() {
    peer(1).answers(FULL);
    failMany(100);
    policy(
        "{\"service\": {\"retry\": {\"maxAttempts\": 1},"
            + " \"limit\": {\"throttle\": {\"enabled\": false}}}}");
    int before = received(1);
    failMany(100);

    assertThat(received(1) - before).isEqualTo(2 * 100);
  }

  /** Each is sent twice: once more at once, because no handler ran. */
  private RpcException failMany(int calls) {
    RpcException last = failure(CHARGE);
    for (int i = 1; i < calls; i++) {
      last = failure(CHARGE);
    }
    return last;
  }
}
