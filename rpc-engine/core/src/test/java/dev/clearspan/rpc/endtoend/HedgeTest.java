package dev.clearspan.rpc.endtoend;

import static dev.clearspan.rpc.endtoend.Fleet.GET;
import static dev.clearspan.rpc.endtoend.Fleet.PATIENT;
import static dev.clearspan.rpc.endtoend.Fleet.PUT;
import static dev.clearspan.rpc.endtoend.Fleet.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.StringValue;
import dev.clearspan.rpc.Call;
import dev.clearspan.rpc.Protocol;
import dev.clearspan.rpc.RpcChannel;
import dev.clearspan.rpc.ledger.AttemptKind;
import dev.clearspan.rpc.ledger.AttemptRecord;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A second attempt on another instance, over sockets. */
class HedgeTest {
  private final Fleet fleet = new Fleet();
  private final CountDownLatch release = new CountDownLatch(1);
  private final AtomicInteger cancelled = new AtomicInteger();
  private final AtomicInteger attemptsSeen = new AtomicInteger();

  @AfterEach
  void stop() throws Exception {
    release.countDown();
    fleet.close();
  }

  @ParameterizedTest
  @EnumSource(names = {"CLEARSPAN", "GRPC"})
  void theLoserIsCancelledAtItsServerAndTheCallIsRecordedOnce(Protocol protocol) {
    fleet.serve(this::firstBlocks);
    fleet.serve(this::firstBlocks);
    fleet.policy("{\"service\": {\"hedge\": {\"delay\": \"0.020s\"}}}");
    RpcChannel channel = fleet.open(builder -> builder.protocol(protocol));

    assertThat(channel.call(GET, text("7"), PATIENT)).isEqualTo(text("7 by attempt 2"));

    await().until(() -> cancelled.get() == 1);
    await().until(() -> !fleet.ledger.last().isOpen());
    assertThat(fleet.ledger.last().attempts())
        .extracting(AttemptRecord::kind)
        .containsExactlyInAnyOrder(AttemptKind.FIRST, AttemptKind.HEDGE);
    assertThat(fleet.ledger.last().attempts())
        .extracting(AttemptRecord::outcome)
        .containsExactlyInAnyOrder("OK", "CANCELLED");
    assertThat(fleet.ledger.last().attempts())
        .extracting(AttemptRecord::peerInstance)
        .doesNotHaveDuplicates();
    assertThat(fleet.ledger.last().end().status().isOk()).isTrue();
    assertThat(fleet.sample("clearspan.client.call.hedges")).isEqualTo(1);
  }

  @Test
  void aMethodThatIsNotIdempotentIsNotHedged() throws Exception {
    fleet.serve(this::slow);
    fleet.serve(this::slow);
    fleet.policy("{\"service\": {\"hedge\": {\"delay\": \"0.001s\"}}}");

    fleet.open().call(PUT, text("7"), PATIENT);

    assertThat(attemptsSeen).hasValue(1);
  }

  @Test
  void theTailOfOneSlowInstanceIsCutAndTheBudgetIsObeyed() throws Exception {
    fleet.serve(request -> request);
    fleet.serve(request -> request);
    fleet.serve(this::slow);
    String roundRobin =
        "\"outlier\": {\"enabled\": false},"
            + " \"balancer\": {\"algorithm\": \"SMOOTH_WEIGHTED_ROUND_ROBIN\"}";
    RpcChannel channel = fleet.open();
    fleet.policy("{\"service\": {" + roundRobin + "}}");
    long[] without = latencies(channel, 30);
    double before = fleet.sample("clearspan.client.call.hedges");
    fleet.policy(
        "{\"service\": {\"retry\": {\"budgetTokens\": 100}, \"hedge\": {\"delay\": \"0.010s\"}, "
            + roundRobin
            + "}}");
    long[] with = latencies(channel, 30);

    double hedges = fleet.sample("clearspan.client.call.hedges");
    assertThat(before).isZero();
    assertThat(hedges).isBetween(5.0, 30.0);
    assertThat(with[24]).as("p83 with, without: %d", without[24]).isLessThan(without[24]);
  }

  @Test
  void anEmptyBudgetSendsNoHedge() throws Exception {
    fleet.serve(this::slow);
    fleet.serve(this::slow);
    fleet.policy(
        "{\"service\": {\"retry\": {\"budgetTokens\": 6}, \"hedge\": {\"delay\": \"0.001s\"}}}");
    RpcChannel channel = fleet.open();

    latencies(channel, 8);

    assertThat(fleet.sample("clearspan.client.call.hedges")).isLessThanOrEqualTo(4);
    assertThat(fleet.sample("clearspan.client.retry.throttled")).isGreaterThan(0);
  }

  private static long[] latencies(RpcChannel channel, int calls) {
    long[] took = new long[calls];
    for (int i = 0; i < calls; i++) {
      long from = System.nanoTime();
      channel.call(GET, text("7"), PATIENT);
      took[i] = System.nanoTime() - from;
    }
    Arrays.sort(took);
    return took;
  }

  private StringValue slow(StringValue request) throws InterruptedException {
    attemptsSeen.incrementAndGet();
    boolean released = release.await(100, TimeUnit.MILLISECONDS);
    return released ? text("released") : request;
  }

  private StringValue firstBlocks(StringValue request) throws InterruptedException {
    Call call = Objects.requireNonNull(Call.current());
    call.onCancel(cancelled::incrementAndGet);
    if (call.spec().attempt() == 1) {
      release.await();
    }
    return text(request.getValue() + " by attempt " + call.spec().attempt());
  }
}
