package dev.clearspan.rpc.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.util.Durations;
import dev.clearspan.protocol.LimitPolicy;
import dev.clearspan.protocol.Policy;
import dev.clearspan.protocol.ServicePolicy;
import dev.clearspan.rpc.Limits;
import dev.clearspan.rpc.Status;
import dev.clearspan.rpc.internal.inprocess.InProcessTransport;
import dev.clearspan.rpc.internal.transport.AttemptResult;
import dev.clearspan.rpc.ledger.PlainLedger;
import dev.clearspan.rpc.limit.LimitMark;
import dev.clearspan.rpc.policy.ServiceLimits;
import dev.clearspan.rpc.server.TestCaller.Sent;
import dev.clearspan.rpc.time.FakeClock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A pool all of whose threads are blocked, and a call that waits for one. */
class QueueTimeTest {
  private static final Duration LONG = Duration.ofSeconds(60);

  private final FakeClock clock = new FakeClock();
  private final EchoService echo = new EchoService();
  private final PoolDispatcher pool = new PoolDispatcher();
  private final CallGate gate = new CallGate(1_000, clock);
  private final TestCaller caller =
      TestCaller.by(
          new InProcessTransport(
              new ServerScope(
                  new MethodTable(
                      List.of(echo.definition()), List.of(), name -> false, new CallerRules()),
                  gate,
                  pool,
                  StreamThreads.create(),
                  new PlainLedger(),
                  Limits.DEFAULT,
                  clock)),
          0);

  @AfterEach
  void close() {
    echo.release.countDown();
    caller.close();
    pool.close();
  }

  @Test
  void aCallThatWaitedTooLongIsRefusedBeforeItsHandlerRuns() throws Exception {
    maxQueueMillis(40);
    blockAllThreads();
    Sent late = caller.send(EchoService.ECHO, "late", LONG);
    clock.advanceMillis(41);
    echo.release.countDown();

    AttemptResult<?> result = late.await(LONG);
    assertThat(result).isInstanceOf(AttemptResult.Refused.class);
    assertThat(result.status().code()).isEqualTo(Status.Code.UNAVAILABLE);
    assertThat(result.status().message())
        .startsWith("waited 41 ms for a thread (expected for one that is critical: <= 40 ms;")
        .contains("limit.maxQueue");
    assertThat(((AttemptResult.Refused<?>) result).metadata().first(LimitMark.KEY))
        .isEqualTo("queue_time");
    assertThat(echo.handled).hasValue(PoolDispatcher.MOST_WORKERS);
    assertThat(gate.refusals())
        .filteredOn(sample -> sample.value() > 0)
        .singleElement()
        .satisfies(
            sample ->
                assertThat(sample.attributes())
                    .containsEntry("reason", "queue_time")
                    .containsEntry("criticality", "critical"));
    await().untilAsserted(() -> assertThat(gate.inFlight()).isZero());
  }

  @Test
  void aCallThatWaitedNoLongerIsRun() throws Exception {
    maxQueueMillis(60);
    blockAllThreads();
    Sent inTime = caller.send(EchoService.ECHO, "in time", LONG);
    clock.advanceMillis(41);
    echo.release.countDown();

    assertThat(inTime.await(LONG)).isInstanceOf(AttemptResult.Replied.class);
    assertThat(gate.refused()).isZero();
  }

  @Test
  void aCallThatWaitedForMostOfItsTimeIsNotRun() throws Exception {
    maxQueueMillis(60_000);
    blockAllThreads();
    clock.advance(Duration.ofNanos(System.nanoTime())); // by which the caller's deadlines are told
    Sent late = caller.send(EchoService.ECHO, "late", Duration.ofSeconds(40));
    Sent inTime = caller.send(EchoService.ECHO, "in time", LONG);
    clock.advanceMillis(38_000);
    echo.release.countDown();

    AttemptResult<?> result = late.await(LONG);
    assertThat(result).isInstanceOf(AttemptResult.Refused.class);
    assertThat(result.status().message())
        .startsWith("waited 38000 ms for a thread")
        .contains("at most 3/4 of the call's time");
    assertThat(inTime.await(LONG)).isInstanceOf(AttemptResult.Replied.class);
  }

  private void maxQueueMillis(long value) {
    LimitPolicy limit = LimitPolicy.newBuilder().setMaxQueue(Durations.fromMillis(value)).build();
    gate.limits(
        ServiceLimits.of(
            ServicePolicy.newBuilder().setService(Policy.newBuilder().setLimit(limit)).build()));
  }

  private void blockAllThreads() {
    for (int i = 0; i < PoolDispatcher.MOST_WORKERS; i++) {
      Sent unused = caller.send(EchoService.BLOCK, "block", LONG);
    }
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> assertThat(echo.handled).hasValue(PoolDispatcher.MOST_WORKERS));
  }
}
