package dev.clearspan.rpc.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.google.protobuf.Timestamp;
import dev.clearspan.protocol.EffectiveWeight;
import dev.clearspan.protocol.Instance;
import dev.clearspan.protocol.InstanceControl;
import dev.clearspan.protocol.UnreachableInstance;
import dev.clearspan.rpc.RpcException;
import dev.clearspan.rpc.Status.Code;
import dev.clearspan.rpc.control.FakeRegistry;
import dev.clearspan.rpc.control.StatusBoard.Urgency;
import dev.clearspan.rpc.internal.transport.ConnectionState;
import dev.clearspan.rpc.internal.transport.FakeTransport;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EndpointDirectoryTest extends ChannelFixture {
  @BeforeEach
  void exactShares() {
    roundRobin();
  }

  @Test
  void callsWaitForTheFirstSnapshot() {
    CompletableFuture<String> call = start(GET);
    assertThat(call).isNotDone();

    registry.put(1);

    assertThat(call).isCompletedWithValue("ping");
  }

  @Test
  void callsDoNotWaitLongerThanTheirDeadline() {
    CompletableFuture<String> call = start(GET);
    clock.advanceMillis(1_010);

    RpcException error = failure(call);
    assertThat(error.code()).isEqualTo(Code.DEADLINE_EXCEEDED);
    assertThat(error).hasMessageContaining("waiting to hear of any instance of payments");
    registry.put(1);
    assertThat(received(1)).isZero();
  }

  @Test
  void anUnregisteredServiceIsAClearErrorAtOnce() {
    registry.publishEmpty();

    RpcException error = failure(GET);

    assertThat(error.code()).isEqualTo(Code.UNAVAILABLE);
    assertThat(error).hasMessageContaining("no instance of payments is registered");
    assertThat(site(error).stage()).isEqualTo("balancer");
    assertThat(ledger.last().end().errorType()).isEqualTo("no_endpoint");
    assertThat(ledger.last().end().attempts()).isZero();
  }

  @Test
  void connectionsAreKeptAcrossSnapshots() {
    registry.put(1, 2);
    call(GET);
    registry.put(3);
    registry.put(FakeRegistry.instance("payments", 1).toBuilder().setWeight(300).build());

    assertThat(peer(1).opened()).isEqualTo(1);
    assertThat(peer(2).opened()).isEqualTo(1);
    assertThat(peer(3).opened()).isEqualTo(1);
  }

  @Test
  void anUnreachableEndpointIsOutAtOnceAndReportedUrgently() {
    registry.put(1, 2);
    call(GET);
    List<Urgency> told = new ArrayList<>();
    registry.status().onChange(told::add);

    peer(1).becomes(ConnectionState.UNREACHABLE, "connection reset");

    assertThat(told).containsExactly(Urgency.URGENT);
    UnreachableInstance reported = status().getUnreachable(0);
    assertThat(reported.getService()).isEqualTo("payments");
    assertThat(reported.getInstance()).isEqualTo("i-1");
    assertThat(reported.getIncarnation()).isEqualTo("one-1");
    assertThat(reported.getCause()).isEqualTo("connection reset");
    assertThat(reported.getSince().getSeconds()).isEqualTo(clock.instant().getEpochSecond());
    int before = received(1);
    callTimes(10, GET);
    assertThat(received(1)).isEqualTo(before);
  }

  @Test
  void aServerThatSaysItDoesNotServeIsOut_andReported_untilItServes() {
    registry.put(1, 2);
    call(GET);
    peer(1).serves(false);

    int before = received(1);
    callTimes(10, GET);
    assertThat(received(1)).isEqualTo(before);
    UnreachableInstance reported = status().getUnreachable(0);
    assertThat(reported.getInstance()).isEqualTo("i-1");
    assertThat(reported.getCause()).isEqualTo("not serving, says its health check");

    peer(1).serves(true);
    assertThat(status().getUnreachableCount()).isZero();
    callTimes(10, GET);
    assertThat(received(1)).isGreaterThan(before);
  }

  @Test
  void ifNoneServesTheErrorSaysSo() {
    registry.put(1);
    call(GET);
    peer(1).serves(false);
    assertThat(failure(GET)).hasMessageContaining("not serving, says its health check");
  }

  @Test
  void aSuspectIsProbedUntilItIsBack() {
    registry.put(1, 2);
    call(GET);
    assertThat(peer(1).isProbed()).isFalse();
    registry.suspect(1);
    assertThat(peer(1).isProbed()).isTrue();
    assertThat(peer(2).isProbed()).isFalse();
    registry.put(1);
    assertThat(peer(1).isProbed()).isFalse();
  }

  @Test
  void aReadyConnectionBringsTheEndpointBack() {
    registry.put(1, 2);
    call(GET);
    peer(1).becomes(ConnectionState.UNREACHABLE, "connection reset");
    peer(1).becomes(ConnectionState.CONNECTING, "");
    assertThat(status().getUnreachableCount()).isEqualTo(1);

    peer(1).becomes(ConnectionState.READY, "");

    assertThat(status().getUnreachableCount()).isZero();
    int before = received(1);
    callTimes(10, GET);
    assertThat(received(1) - before).isEqualTo(5);
  }

  @Test
  void howSlowItWasBeforeItWasLostDoesNotKeepCallsAway() {
    policy("{}");
    registry.put(1, 2);
    channel();
    peer(1).holds();
    while (received(1) == 0) {
      CompletableFuture<String> unused = start(GET);
    }
    clock.advanceMillis(300);
    peer(1).release();
    int before = received(1);
    callTimes(20, GET);
    assertThat(received(1)).as("calls while it counts as slow").isEqualTo(before);

    peer(1).becomes(ConnectionState.UNREACHABLE, "silent");
    peer(1).becomes(ConnectionState.READY, "");

    callTimes(20, GET);
    assertThat(received(1)).isGreaterThan(before);
  }

  @Test
  void withoutAnyReachableEndpointTheErrorNamesEach() {
    registry.put(1, 2);
    channel();
    peer(1).becomes(ConnectionState.UNREACHABLE, "connection refused");
    peer(2).becomes(ConnectionState.DRAINING, "GOAWAY");

    assertThat(failure(GET))
        .hasMessageContaining(
            "none of the 2 instances of payments is usable: i-1 unreachable: connection refused;"
                + " i-2 draining");
  }

  @Test
  void drainingAndDrainedAndEjectedInstancesTakeNothing() {
    registry.put(1, 2, 3, 4);
    channel();
    registry.put(
        FakeRegistry.instance("payments", 1).toBuilder().setState(Instance.State.DRAINING).build());
    registry.control(2, InstanceControl.newBuilder().setDrain(true).build());
    registry.control(3, InstanceControl.newBuilder().setEject(true).build());

    callTimes(10, GET);

    assertThat(List.of(received(1), received(2), received(3), received(4)))
        .containsExactly(0, 0, 0, 10);
    assertThat(status().getWeightsList())
        .extracting(EffectiveWeight::getInstance, EffectiveWeight::getWeight)
        .contains(org.assertj.core.groups.Tuple.tuple("i-2", 0.0));
  }

  @Test
  void aWeightOverrideMovesSharesWithTheNextPick() {
    registry.put(1, 2);
    channel();
    registry.control(1, InstanceControl.newBuilder().setWeight(300).build());

    callTimes(400, GET);

    assertThat(received(1)).isEqualTo(300);
    assertThat(status().getWeightsList())
        .singleElement()
        .satisfies(weight -> assertThat(weight.getWeight()).isEqualTo(300));
  }

  @Test
  void anOverrideBindsToItsIncarnationUnlessSticky() {
    registry.put(1, 2);
    channel();
    InstanceControl.Builder eject = InstanceControl.newBuilder().setEject(true);
    registry.control(1, eject.setIncarnation("an older one").build());
    callTimes(2, GET);
    assertThat(received(1)).isEqualTo(1);

    registry.control(1, eject.setSticky(true).build());
    callTimes(10, GET);

    assertThat(received(1)).isEqualTo(1);
  }

  @Test
  void anOverrideEndsWhenItExpires() {
    registry.put(1, 2);
    channel();
    Instant soon = clock.instant().plusSeconds(30);
    registry.control(
        1,
        InstanceControl.newBuilder()
            .setEject(true)
            .setExpiresAt(Timestamp.newBuilder().setSeconds(soon.getEpochSecond()))
            .build());
    callTimes(10, GET);
    assertThat(received(1)).isZero();

    clock.advance(Duration.ofSeconds(31));
    callTimes(10, GET);

    assertThat(received(1)).isEqualTo(5);
  }

  @Test
  void aSuspectIsLeftOutWhileThereAreEnoughOthers() {
    registry.put(1, 2);
    channel();
    registry.suspect(1);
    callTimes(10, GET);
    assertThat(received(1)).isZero();

    registry.put(1);
    callTimes(10, GET);
    assertThat(received(1)).isEqualTo(5);
  }

  @Test
  void aSuspectThatIsNeededIsUsedWhileItsConnectionIsReady() {
    registry.put(1, 2);
    channel();
    registry.suspect(1);
    peer(2).becomes(ConnectionState.UNREACHABLE, "connection reset");
    callTimes(10, GET);
    assertThat(received(1)).isEqualTo(10);

    peer(1).becomes(ConnectionState.UNREACHABLE, "connection reset");

    assertThat(failure(GET))
        .hasMessageContaining("i-1 unreachable: connection reset")
        .hasMessageContaining("none of the 2 instances");
  }

  @Test
  void anEmptySetTakesNothingAwayThatWorks() {
    registry.put(1, 2);
    channel();

    registry.publishEmpty();

    callTimes(10, GET);
    assertThat(received(1)).isEqualTo(5);
    assertThat(peer(1).isClosed()).isFalse();
  }

  @Test
  void aRemovedInstanceFinishesWhatIsInFlight() {
    registry.put(1, 2);
    peer(1).holds();
    peer(2).holds();
    CompletableFuture<String> first = start(CHARGE);
    CompletableFuture<String> second = start(CHARGE);
    registry.delete(1);

    assertThat(peer(1).isClosed()).isFalse();
    peer(1).release();
    assertThat(peer(1).isClosed()).isTrue();
    peer(2).release();

    assertThat(first).isCompletedWithValue("ping");
    assertThat(second).isCompletedWithValue("ping");
  }

  @Test
  void aRestartedInstanceIsANewEndpoint() {
    registry.put(1, 2);
    channel();
    registry.put(FakeRegistry.instance("payments", 1).toBuilder().setIncarnation("second").build());

    assertThat(peer(1).opened()).isEqualTo(2);
  }

  @Test
  void aNewInstanceStartsSlowly() {
    registry.put(1);
    call(GET);
    registry.put(2);

    assertThat(shareOf(2)).isCloseTo(10.0 / 110 * 100, within(1.0));
    clock.advanceMillis(5_000);
    assertThat(shareOf(2)).isCloseTo(55.0 / 155 * 100, within(1.0));
    clock.advanceMillis(5_500);
    assertThat(shareOf(2)).isCloseTo(50, within(1.0));
    assertThat(status().getWeightsCount()).isZero();
  }

  @Test
  void slowStartBeginsWhenTheInstanceIsReached() {
    registry.put(1);
    call(GET);
    transport.connectSlowly();
    registry.put(2);
    clock.advance(Duration.ofSeconds(20));
    assertThat(shareOf(2)).isZero();

    peer(2).becomes(ConnectionState.READY, "");

    assertThat(shareOf(2)).isCloseTo(10.0 / 110 * 100, within(1.0));
  }

  @Test
  void weightZeroTakesCallsOnlyWhenNothingElseCan() {
    registry.put(1, 2);
    channel();
    registry.control(1, InstanceControl.newBuilder().setWeight(0).build());
    callTimes(10, GET);
    assertThat(received(1)).isZero();

    peer(2).becomes(ConnectionState.UNREACHABLE, "connection reset");

    assertThat(call(GET)).isEqualTo("ping");
    assertThat(received(1)).isEqualTo(1);
  }

  @Test
  void aPolicyOutOfRangeIsRefusedAndTheLastGoodOneKept() {
    registry.put(1, 2);
    channel();
    registry.control(1, InstanceControl.newBuilder().setEject(true).build());

    assertThatThrownBy(() -> policy("{\"service\": {\"retry\": {\"maxAttempts\": 9}}}"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("policy: service.retry.maxAttempts: 9 (expected: 1 to 5)");

    callTimes(4, GET);
    assertThat(received(2)).isEqualTo(4);
  }

  @Test
  void fixedTargetsNeedNoRegistry() {
    var direct = builder().target("10.0.0.1", 7).target("10.0.0.1", 8).build();
    peer(7).answers(FakeTransport.ok("direct"));
    peer(8).answers(FakeTransport.ok("direct"));

    assertThat(direct.call(GET, "ping", dev.clearspan.rpc.CallOptions.DEFAULT)).isEqualTo("direct");
    direct.close();
  }

  @Test
  void aChannelNeedsToKnowWhereTheServiceIs() {
    assertThatThrownBy(() -> builder().build())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("expected: a registry or discovery, or targets");
    assertThatThrownBy(() -> builder().target("10.0.0.1", 0))
        .hasMessage("port: 0 (expected: 1 to 65535)");
  }

  @Test
  void statusNamesTheCalledServiceAndThePipeline() {
    channel();

    assertThat(status().getCallsList()).containsExactly("payments");
    assertThat(status().getPipelineList())
        .extracting(dev.clearspan.protocol.PipelineStage::getName)
        .containsExactly(
            "deadline",
            "fallback",
            "throttle",
            "fault",
            "retry",
            "balancer",
            "breaker",
            "transport");
  }

  /** In percent, over the next 2,000 calls to instances 1 and 2. */
  private double shareOf(int port) {
    int before = received(port);
    callTimes(2_000, GET);
    return (received(port) - before) / 20.0;
  }
}
